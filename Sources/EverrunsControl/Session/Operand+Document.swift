import CommandLineTree

extension Operand where Value == String {
  /// A file with a document in it.
  ///
  /// - Parameter content: What the document is.
  static func document(_ content: String) -> Operand {
    Operand(
      "FILE", .file(extensions: DocumentFile.extensions),
      summary: "\(content), as JSON or YAML; - is standard input")
  }
}
