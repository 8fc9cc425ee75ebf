/// A service that is faked: one of the formats that the drivers speak.
package enum Service: String, CaseIterable, Sendable {
  /// OpenAI's Chat Completions.
  case chatCompletions = "openai_completions"
  /// OpenAI's Responses.
  case responses = "openai"
  /// Anthropic's Messages.
  case anthropicMessages = "anthropic"
  /// Google's Gemini.
  case gemini = "gemini"

  /// The kind of provider in the stock platform that speaks it.
  package var providerType: String { rawValue }

  /// The path of the base URL, as the service's own base URL has it.
  package var basePath: String {
    switch self {
    case .chatCompletions, .responses, .anthropicMessages: "/v1"
    case .gemini: "/v1beta"
    }
  }

  /// A model of the service that does not reason, and one that does.
  package var models: (plain: String, reasoning: String) {
    switch self {
    case .chatCompletions: ("gpt-4.1", "deepseek-reasoner")
    case .responses: ("gpt-4.1", "gpt-5")
    case .anthropicMessages: ("claude-haiku-4-5", "claude-opus-4-7")
    case .gemini: ("gemini-2.5-flash", "gemini-3-pro")
    }
  }
}
