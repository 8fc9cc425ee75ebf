/// What the name of a file says about the document in it.
package enum DocumentFileName {
  /// The extensions of documents, without dots.
  package static let extensions = ["json", "yaml", "yml"]

  /// The name without the extension of a document; `nil` if it has none.
  package static func stem(of name: String) -> String? {
    extensions.first { name.hasSuffix("." + $0) }.map { String(name.dropLast($0.count + 1)) }
  }

  /// Whether the name says that the document is YAML.
  package static func isYAML(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }
}
