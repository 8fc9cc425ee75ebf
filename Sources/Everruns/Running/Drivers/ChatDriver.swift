/// A driver that can be executed: it sends a conversation to a model and streams the answer.
///
/// A driver in a platform definition that conforms is used directly. For drivers that are plain
/// data, the worker's ``Implementations`` have the code.
///
/// A driver has no state and reads no environment variables: request and connection contain all it
/// needs.
public protocol ChatDriver: Driver {
  /// Sends a request and streams the answer.
  ///
  /// Text and reasoning come in pieces as they arrive, each call once and complete, usage whenever
  /// it is known. A whole answer ends with ``ChatEvent/finished(_:responseID:)``: a stream that
  /// ends without it was cut off, and the request is repeated. Cancelling the task that reads the
  /// stream cancels the request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - connection: The provider's base URL and key.
  /// - Returns: a stream that throws ``ChatFailure``; any other error counts as a transient one.
  func stream(
    _ request: ChatRequest, over connection: DriverConnection
  ) -> AsyncThrowingStream<ChatEvent, any Error>
}

/// The connection of a driver to its provider.
public struct DriverConnection: Sendable {
  /// The provider's base URL, without the path of a request; `nil` if the driver has none.
  public var baseURL: String?
  /// The API key, if there is one.
  public var apiKey: Secret?
  /// Sends the requests.
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
  /// The next piece of the reasoning before the answer.
  case reasoning(String)
  /// A complete tool call.
  case call(ToolCall)
  /// The token usage so far; the last one counts.
  case usage(TokenUsage)
  /// The end of a complete answer, with the provider's id for it, if it has one.
  case finished(FinishReason, responseID: String?)
}
