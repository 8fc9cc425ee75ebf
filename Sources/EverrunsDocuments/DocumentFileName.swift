/// Derives the notation of a document from its file name.
package enum DocumentFileName {
  /// The extensions of documents, without dots.
  package static let extensions = ["json", "yaml", "yml"]

  /// The name without a document's extension; `nil` if it has none.
  package static func stem(of name: String) -> String? {
    extensions.first { name.hasSuffix("." + $0) }.map { String(name.dropLast($0.count + 1)) }
  }

  /// Whether the name says that the document is YAML.
  package static func isYAML(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }
}
