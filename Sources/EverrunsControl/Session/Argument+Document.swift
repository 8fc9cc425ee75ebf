import CommandLineTree
import EverrunsDocuments

extension Argument where Value == String {
  /// A file, or `-` for standard input, that contains a document of the kind `content`.
  static func document(_ content: String) -> Argument {
    Argument.required(
      "FILE", .file(extensions: DocumentFileName.extensions),
      summary: "\(content), as JSON or YAML; - is standard input")
  }
}
