import CommandLineTree

extension ValueFormat where Value == String {
  /// A reference to a platform definition.
  static var platformReference: Self {
    .dynamic("platform", orFile: DocumentFile.extensions)
  }
}
