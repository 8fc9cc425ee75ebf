/// The version of this package, which every program of it has.
package enum PackageVersion {
  /// The version, such as `1.0.0`.
  package static let current = "0.1.0"
}
