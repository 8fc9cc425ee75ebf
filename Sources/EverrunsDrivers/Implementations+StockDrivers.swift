public import Everruns

extension Implementations {
  /// The drivers of the stock platform: `openai`, `openai_completions`, `anthropic`, `gemini` and
  /// `llmsim`.
  public static let stockDrivers = Implementations(drivers: [
    stock("openai", speaking: .responses),
    stock("openai_completions", speaking: .chatCompletions),
    stock("anthropic", speaking: .anthropicMessages),
    stock("gemini", speaking: .gemini),
    LLMSim(),
  ])

  /// The code of a driver whose data is the stock platform's.
  private static func stock(
    _ providerType: String, speaking dialect: HTTPChatDriver.Dialect
  ) -> HTTPChatDriver {
    HTTPChatDriver(
      DriverDescriptor(providerType: providerType, displayName: providerType), speaking: dialect)
  }
}
