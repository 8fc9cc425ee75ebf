/// Sends HTTP requests for drivers.
///
/// The worker provides one, so that drivers need no networking library. It follows no redirects,
/// and a response fails if its next bytes do not arrive within a time limit.
public protocol HTTPTransport: Sendable {
  /// Sends a request and returns when status and headers have arrived.
  ///
  /// - Throws: an error if the connection cannot be made or breaks; drivers treat every one as
  ///   transient. Cancelling the task cancels the request.
  func send(_ request: TransportRequest) async throws -> TransportResponse
}

/// A POST request that a driver sends.
public struct TransportRequest: Sendable, Hashable {
  /// The whole address.
  public var url: String
  /// The headers without those that an HTTP library sets itself, in order.
  public var headers: [TransportHeader]
  /// The body.
  public var body: [UInt8]

  /// A request from its parts.
  public init(url: String, headers: [TransportHeader], body: [UInt8]) {
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// A header of a request or a response.
public struct TransportHeader: Sendable, Hashable, CustomStringConvertible {
  /// The name; upper and lower case are the same.
  public let name: String
  /// Whether the value must not be shown, for example in a log.
  public let isSecret: Bool
  private let content: Secret

  /// A header that may be shown.
  public init(_ name: String, _ value: String) {
    self.name = name
    content = Secret(value)
    isSecret = false
  }

  /// A header whose value is only sent, never shown.
  public init(_ name: String, secret: Secret) {
    self.name = name
    content = secret
    isSecret = true
  }

  /// The value, even of a secret header; only for sending.
  public var value: String { content.reveal() }

  /// The header as it is sent, with `***` in place of a secret.
  public var description: String { "\(name): \(isSecret ? content.description : value)" }
}

/// The response to a driver's request.
public struct TransportResponse: Sendable {
  /// The status code.
  public var status: Int
  /// The headers, in order.
  public var headers: [TransportHeader]
  /// The body in pieces of any size, as they arrive.
  public var body: AsyncThrowingStream<[UInt8], any Error>

  /// A response from its parts.
  public init(
    status: Int, headers: [TransportHeader] = [], body: AsyncThrowingStream<[UInt8], any Error>
  ) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The value of the first header of a name, in any letter case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
