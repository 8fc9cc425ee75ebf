import CommandLineTree
import EverrunsDocuments

extension Argument where Value == String {
  /// A file with a document in it.
  ///
  /// - Parameter content: What the document is.
  static func document(_ content: String) -> Argument {
    Argument.required(
      "FILE", .file(extensions: DocumentFileName.extensions),
      summary: "\(content), as JSON or YAML; - is standard input")
  }
}
