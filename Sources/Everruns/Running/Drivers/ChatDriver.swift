/// A driver that can be executed: it sends a conversation to a model and streams the answer.
///
/// A platform definition may hold one as its driver, which is then used as it is. Drivers that are
/// plain data are executed by the worker's ``Implementations``.
///
/// A driver keeps no state between requests and reads no environment: everything it needs is in the
/// request and the connection.
public protocol ChatDriver: Driver {
  /// Sends one request and streams what comes back.
  ///
  /// Text and reasoning come in pieces as they arrive, each call once and complete, usage whenever
  /// it is known. A whole answer ends with ``ChatEvent/finished(_:responseID:)``: a stream that ends
  /// without it was cut off, and the request is repeated. Cancelling the task that reads the stream
  /// cancels the request.
  ///
  /// - Parameters:
  ///   - request: What the model is asked.
  ///   - connection: Where the provider is, and the key for it.
  /// - Returns: a stream that throws ``ChatFailure``; any other error counts as a transient one.
  func stream(
    _ request: ChatRequest, over connection: DriverConnection
  ) -> AsyncThrowingStream<ChatEvent, any Error>
}

/// What a driver needs to reach its provider.
public struct DriverConnection: Sendable {
  /// The provider's address, without the path of a request; `nil` where the driver has none.
  public var baseURL: String?
  /// The key that the provider asks for, if there is one.
  public var apiKey: Secret?
  /// How requests are sent.
  public var transport: any HTTPTransport

  /// A connection from its parts.
  public init(baseURL: String?, apiKey: Secret?, transport: any HTTPTransport) {
    self.baseURL = baseURL
    self.apiKey = apiKey
    self.transport = transport
  }
}

/// A piece of a model's answer.
public enum ChatEvent: Sendable, Hashable {
  /// The next piece of the text.
  case text(String)
  /// The next piece of what the model reasons before it answers.
  case reasoning(String)
  /// A call of a tool, complete.
  case call(ToolCall)
  /// How many tokens the request has cost so far; the last one counts.
  case usage(TokenUsage)
  /// The end of a whole answer, with the provider's id of it, if it has one.
  case finished(FinishReason, responseID: String?)
}
