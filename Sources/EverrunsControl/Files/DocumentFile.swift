/// What the name of a document's file says.
enum DocumentFile {
  /// The extensions of their names, without dots.
  static let extensions = ["json", "yaml", "yml"]

  /// The name without the extension of a document; `nil` if it has none.
  static func stem(of name: String) -> String? {
    extensions.first { name.hasSuffix("." + $0) }.map { String(name.dropLast($0.count + 1)) }
  }

  /// Whether a file's name says that it is YAML.
  static func isYAML(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml")
  }
}
