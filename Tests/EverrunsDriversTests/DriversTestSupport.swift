import Everruns
import Testing

@testable import EverrunsDrivers

/// A provider that answers every request by a function.
struct FakeProvider: HTTPTransport {
  let answer: @Sendable (TransportRequest) throws -> FakeResponse

  func send(_ request: TransportRequest) throws -> TransportResponse {
    try answer(request).transported
  }
}

extension HTTPTransport where Self == FakeProvider {
  /// A provider that gives the same answer to everything.
  static func answering(_ response: FakeResponse) -> FakeProvider {
    FakeProvider { _ in response }
  }
}

/// What a fake provider sends back.
struct FakeResponse: Sendable {
  var status = 200
  var headers: [TransportHeader] = [TransportHeader("Content-Type", "text/event-stream")]
  var pieces: [[UInt8]]
  /// What the connection breaks with after the last piece.
  var error: (any Error)?

  init(
    status: Int = 200, _ text: String, headers: [TransportHeader]? = nil,
    pieces size: Int = .max, error: (any Error)? = nil
  ) {
    self.status = status
    if let headers { self.headers = headers }
    self.error = error
    let bytes = Array(text.utf8)
    pieces = stride(from: 0, to: bytes.count, by: min(size, max(1, bytes.count))).map {
      Array(bytes[$0..<min($0 + min(size, bytes.count), bytes.count)])
    }
  }

  /// A refusal as a JSON body.
  static func refusal(
    _ status: Int, _ body: String, headers: [TransportHeader] = []
  ) -> FakeResponse {
    FakeResponse(
      status: status, body, headers: headers + [TransportHeader("content-type", "application/json")]
    )
  }

  fileprivate var transported: TransportResponse {
    let (pieces, error) = (pieces, error)
    return TransportResponse(
      status: status, headers: headers,
      body: AsyncThrowingStream { continuation in
        for piece in pieces {
          continuation.yield(piece)
        }
        continuation.finish(throwing: error)
      })
  }
}

/// The connection that a fake provider expects.
func connection(
  _ transport: some HTTPTransport, baseURL: String? = "https://fake.example/v1",
  key: String? = "test-key"
) -> DriverConnection {
  DriverConnection(baseURL: baseURL, apiKey: key.map(Secret.init), transport: transport)
}

/// A driver in a dialect.
func driver(_ dialect: HTTPChatDriver.Dialect) -> HTTPChatDriver {
  HTTPChatDriver(DriverDescriptor(providerType: "fake", displayName: "Fake"), speaking: dialect)
}

extension ChatDriver {
  /// All pieces of an answer.
  func events(_ request: ChatRequest, over connection: DriverConnection) async throws -> [ChatEvent]
  {
    var events: [ChatEvent] = []
    for try await event in stream(request, over: connection) {
      events.append(event)
    }
    return events
  }

  /// How a request fails, with what arrived before; `nil` if it does not.
  func failure(
    _ request: ChatRequest = .hello, over connection: DriverConnection
  ) async -> ChatFailure? {
    do {
      _ = try await events(request, over: connection)
      return nil
    } catch {
      return error as? ChatFailure
    }
  }
}

extension ChatRequest {
  /// The smallest request.
  static let hello = ChatRequest(model: "m", messages: [.user("hello")])
}

/// What a fake provider has against a request.
struct Complaint: Error {
  let message: String
  init(_ message: String) { self.message = message }
}

extension TransportRequest {
  /// The value of a header.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }
}
