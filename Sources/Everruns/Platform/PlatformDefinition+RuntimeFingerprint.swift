public import EverrunsDocuments

extension PlatformDefinition {
  /// The fingerprint of what a worker executes: the capabilities and the drivers.
  ///
  /// A server and its workers must agree in it. Connection providers and harness templates do not
  /// count, since a worker runs neither: the presets `oss` and `worker` of one grade have the same.
  public var runtimeFingerprint: Fingerprint {
    PlatformDefinition(capabilities: capabilities, drivers: drivers).fingerprint
  }
}
