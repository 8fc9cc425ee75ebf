public import Everruns

/// A driver that speaks to its provider by HTTP, in one of the dialects that most providers share.
///
/// The HTTP drivers of the stock platform are instances of it. An embedder registers one for a provider of
/// its own:
///
/// ```swift
/// try platform.drivers.register(
///   HTTPChatDriver(
///     DriverDescriptor(
///       providerType: "acme", displayName: "Acme", defaultBaseURL: "https://llm.acme.example/v1"),
///     speaking: .chatCompletions))
/// ```
public struct HTTPChatDriver: ChatDriver {
  /// How requests and answers are written.
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
  ///   - descriptor: What the driver is called and where its provider is.
  ///   - dialect: How requests and answers are written.
  public init(_ descriptor: DriverDescriptor, speaking dialect: Dialect) {
    self.descriptor = descriptor
    self.dialect = dialect
  }

  /// The kind of provider it speaks to.
  public var providerType: String { descriptor.providerType }
  /// The name people see.
  public var displayName: String { descriptor.displayName }
  /// What it speaks to, in a sentence.
  public var description: String { descriptor.description }
  /// Whether a provider of this kind needs an API key.
  public var requiresAPIKey: Bool { descriptor.requiresAPIKey }
  /// Where requests go unless a provider says otherwise.
  public var defaultBaseURL: String? { descriptor.defaultBaseURL }

  /// Sends one request and streams what comes back.
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
