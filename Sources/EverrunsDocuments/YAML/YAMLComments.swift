/// Detects comments in a YAML text, which are lost when it is rewritten as a whole.
package enum YAMLComments {
  /// Whether there is a comment in a text in UTF-8 that ``YAMLReader`` has read.
  package static func areIn(_ bytes: some Collection<UInt8>) -> Bool {
    YAMLScanner(Array(bytes)).tokens.contains { $0.kind == .comment }
  }
}
