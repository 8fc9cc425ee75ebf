import CommandLineTree
import EverrunsDocuments

extension ValueFormat where Value == String {
  /// A reference to a platform definition.
  static var platformReference: Self {
    .dynamic("platform", orFile: DocumentFileName.extensions)
  }
}
