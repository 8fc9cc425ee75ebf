/// What a YAML text has besides its value, and loses when it is rewritten as a whole.
package struct YAMLExtras: Equatable, Sendable {
  /// Whether it has comments.
  package let hasComments: Bool
  /// Whether it has anchors.
  package let hasAnchors: Bool

  /// Those of a text in UTF-8 that ``YAMLReader`` has read.
  package init(of bytes: some Collection<UInt8>) {
    let tokens = YAMLScanner(Array(bytes)).tokens
    hasComments = tokens.contains { $0.kind == .comment }
    hasAnchors = tokens.contains { $0.kind == .anchor }
  }
}
