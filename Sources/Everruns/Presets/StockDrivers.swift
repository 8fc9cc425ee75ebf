/// The LLM drivers of the stock platform, sorted by provider type.
enum StockDrivers {
  static let all: [DriverDescriptor] = [
    DriverDescriptor(
      providerType: "anthropic",
      displayName: "Anthropic",
      description: "Speaks the Anthropic Messages protocol.",
      requiresAPIKey: true,
      defaultBaseURL: "https://api.anthropic.com/v1"),
    DriverDescriptor(
      providerType: "gemini",
      displayName: "Google Gemini",
      description: "Speaks the Google Gemini protocol.",
      requiresAPIKey: true,
      defaultBaseURL: "https://generativelanguage.googleapis.com/v1beta"),
    DriverDescriptor(
      providerType: "llmsim",
      displayName: "LlmSim",
      description: "Simulated model for tests and demos; makes no network calls."),
    DriverDescriptor(
      providerType: "openai",
      displayName: "OpenAI",
      description: "Speaks the OpenAI Responses protocol.",
      requiresAPIKey: true,
      defaultBaseURL: "https://api.openai.com/v1"),
    DriverDescriptor(
      providerType: "openai_completions",
      displayName: "OpenAI Completions",
      description: "Speaks the OpenAI Chat Completions protocol, also for compatible servers.",
      requiresAPIKey: true,
      defaultBaseURL: "https://api.openai.com/v1"),
  ]
}
