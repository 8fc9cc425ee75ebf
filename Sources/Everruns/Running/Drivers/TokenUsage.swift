public import EverrunsDocuments

/// The number of tokens that a model has read and written.
public struct TokenUsage: Sendable, Hashable {
  /// The input tokens.
  public var inputTokens: Int
  /// The output tokens.
  public var outputTokens: Int

  /// A usage; negative numbers count as none.
  public init(inputTokens: Int = 0, outputTokens: Int = 0) {
    self.inputTokens = max(0, inputTokens)
    self.outputTokens = max(0, outputTokens)
  }

  /// No tokens at all.
  public static let zero = TokenUsage()

  /// The sum of both, or the greatest number there is.
  public static func + (a: TokenUsage, b: TokenUsage) -> TokenUsage {
    TokenUsage(
      inputTokens: sum(a.inputTokens, b.inputTokens),
      outputTokens: sum(a.outputTokens, b.outputTokens))
  }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }

  /// The usage as an object: `input_tokens` and `output_tokens`.
  public var document: JSONValue {
    ["input_tokens": .integer(inputTokens), "output_tokens": .integer(outputTokens)]
  }
}
