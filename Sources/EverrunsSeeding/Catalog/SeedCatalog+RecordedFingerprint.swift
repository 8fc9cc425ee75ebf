// Recorded by GeneratedFilesTests; RECORD_GENERATED=1 regenerates it.

extension SeedCatalog {
  /// The fingerprint of the stock catalog.
  package static let recordedStockFingerprint =
    "sha256:defa6542ccf1b26c7a425e878ad4369a0b417d3eacb9e8c5224f43c195652f15"
}
