/// Why a model stopped writing.
public enum FinishReason: Sendable, Hashable {
  /// It finished.
  case stop
  /// It waits for the results of the tools that it called.
  case toolCalls
  /// It reached the maximum length of an answer.
  case length
  /// Its provider withheld the rest.
  case contentFilter
  /// Another reason, in the provider's terms.
  case other(String)

  /// The reason in one word, as events carry it.
  public var word: String {
    switch self {
    case .stop: "stop"
    case .toolCalls: "tool_calls"
    case .length: "length"
    case .contentFilter: "content_filter"
    case .other(let word): word
    }
  }
}
