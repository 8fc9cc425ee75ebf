import CommandLineTree
import EverrunsDocuments

extension Argument where Value == String {
  /// A file that contains a document.
  ///
  /// - Parameter content: The kind of document.
  static func document(_ content: String) -> Argument {
    Argument.required(
      "FILE", .file(extensions: DocumentFileName.extensions),
      summary: "\(content), as JSON or YAML; - is standard input")
  }
}
