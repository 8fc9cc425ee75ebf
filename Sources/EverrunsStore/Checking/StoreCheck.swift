/// One thing that was looked at when a store was checked.
public struct StoreCheck: Sendable, Hashable {
  /// What was looked at, as a word of JSON.
  public let name: String
  /// What findings mean, in half a sentence.
  public let summary: String
  /// What is wrong; nothing where all is well.
  public let findings: [StoreFinding]
}
