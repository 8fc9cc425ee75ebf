public import Everruns

/// A driver that uses one of the common HTTP APIs of model providers.
///
/// The HTTP drivers of the stock platform are instances of it. Embedders can register one for
/// another provider:
///
/// ```swift
/// try platform.drivers.register(
///   HTTPChatDriver(
///     DriverDescriptor(
///       providerType: "acme", displayName: "Acme", defaultBaseURL: "https://llm.acme.example/v1"),
///     speaking: .chatCompletions))
/// ```
public struct HTTPChatDriver: ChatDriver {
  /// The API of a provider.
  public enum Dialect: CaseIterable, Sendable {
    /// OpenAI's Chat Completions, which llama.cpp, vLLM, Ollama and many providers speak.
    case chatCompletions
    /// OpenAI's Responses.
    case responses
    /// Anthropic's Messages.
    case anthropicMessages
    /// Google's Gemini.
    case gemini
  }

  private let descriptor: DriverDescriptor
  private let dialect: Dialect

  /// A driver for one kind of provider.
  ///
  /// - Parameters:
  ///   - descriptor: The driver's name and the provider's base URL.
  ///   - dialect: The provider's API.
  public init(_ descriptor: DriverDescriptor, speaking dialect: Dialect) {
    self.descriptor = descriptor
    self.dialect = dialect
  }

  /// The kind of provider.
  public var providerType: String { descriptor.providerType }
  /// The display name.
  public var displayName: String { descriptor.displayName }
  /// A description in one sentence.
  public var description: String { descriptor.description }
  /// Whether a provider of this kind needs an API key.
  public var requiresAPIKey: Bool { descriptor.requiresAPIKey }
  /// The default base URL.
  public var defaultBaseURL: String? { descriptor.defaultBaseURL }

  /// Sends a request and streams the answer.
  public func stream(
    _ request: ChatRequest, over connection: DriverConnection
  ) -> AsyncThrowingStream<ChatEvent, any Error> {
    switch dialect {
    case .chatCompletions: ChatCompletionsFormat.stream(request, over: connection)
    case .responses: ResponsesFormat.stream(request, over: connection)
    case .anthropicMessages: AnthropicFormat.stream(request, over: connection)
    case .gemini: GeminiFormat.stream(request, over: connection)
    }
  }
}
