/// The version of this package, shared by all of its programs.
package enum PackageVersion {
  /// The version, such as `1.0.0`.
  package static let current = "0.1.0"

  /// When this version was made, for manuals.
  package static let date = "November 22, 2026"
}
