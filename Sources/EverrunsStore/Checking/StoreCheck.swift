/// One thing that was looked at when a store was checked.
package struct StoreCheck: Sendable, Hashable {
  /// What was looked at, as a word of JSON.
  package let name: String
  /// What findings mean, in half a sentence.
  package let summary: String
  /// What is wrong; nothing where all is well.
  package let findings: [StoreFinding]
}
