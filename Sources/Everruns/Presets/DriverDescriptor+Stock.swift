extension DriverDescriptor {
  /// The stock driver `anthropic`.
  public static let anthropic = DriverDescriptor(
    providerType: "anthropic",
    displayName: "Anthropic",
    description: "Speaks the Anthropic Messages protocol.",
    requiresAPIKey: true,
    defaultBaseURL: "https://api.anthropic.com/v1")

  /// The stock driver `gemini`.
  public static let gemini = DriverDescriptor(
    providerType: "gemini",
    displayName: "Google Gemini",
    description: "Speaks the Google Gemini protocol.",
    requiresAPIKey: true,
    defaultBaseURL: "https://generativelanguage.googleapis.com/v1beta")

  /// The stock driver `llmsim`.
  public static let llmSim = DriverDescriptor(
    providerType: "llmsim",
    displayName: "LlmSim",
    description: "Simulated model for tests and demos; makes no network calls.")

  /// The stock driver `openai`.
  public static let openAI = DriverDescriptor(
    providerType: "openai",
    displayName: "OpenAI",
    description: "Speaks the OpenAI Responses protocol.",
    requiresAPIKey: true,
    defaultBaseURL: "https://api.openai.com/v1")

  /// The stock driver `openai_completions`.
  public static let openAICompletions = DriverDescriptor(
    providerType: "openai_completions",
    displayName: "OpenAI Completions",
    description: "Speaks the OpenAI Chat Completions protocol, also for compatible servers.",
    requiresAPIKey: true,
    defaultBaseURL: "https://api.openai.com/v1")
}

extension DriverDescriptor {
  /// The drivers of the stock platform, sorted by provider type.
  static let stock: [DriverDescriptor] = [
    .anthropic, .gemini, .llmSim, .openAI, .openAICompletions,
  ]
}
