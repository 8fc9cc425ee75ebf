import AsyncHTTPClient
package import Everruns
import NIOCore
import NIOHTTP1

/// Sends the requests of drivers with AsyncHTTPClient: the one place that knows a networking library.
///
/// Connections are kept and used again. Redirects are not followed, since they would carry the key
/// elsewhere. The owner must call ``close()``.
package final class AsyncHTTPTransport: HTTPTransport {
  private let client: HTTPClient
  private let idleLimit: Duration
  private let headLimit: Duration

  /// A transport without connections.
  ///
  /// - Parameters:
  ///   - connectLimit: How long a connection may take to be made.
  ///   - idleLimit: How long nothing may come of an answer.
  ///   - headLimit: How long a provider may take to begin its answer.
  package init(
    connectLimit: Duration = .seconds(10), idleLimit: Duration = .seconds(60),
    headLimit: Duration = .seconds(300)
  ) {
    self.idleLimit = idleLimit
    self.headLimit = headLimit
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(connectLimit), read: TimeAmount(idleLimit)))
    // Who tries again, and when, is the turn's to decide.
    configuration.connectionPool.retryConnectionEstablishment = false
    // A connection a turn: with the library's 8, a ninth turn waits for another one's model.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1000
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Closes all connections; nothing can be sent any more.
  package func close() async {
    try? await client.shutdown()
  }

  /// Sends a request and returns as soon as the status and headers are there.
  ///
  /// - Throws: ``ChatFailure/transient(_:retryAfter:)`` that says why there is no answer, or
  ///   `CancellationError`.
  package func send(_ request: TransportRequest) async throws -> TransportResponse {
    var outgoing = HTTPClientRequest(url: request.url)
    outgoing.method = .POST
    for header in request.headers {
      outgoing.headers.add(name: header.name, value: header.value)
    }
    outgoing.body = .bytes(request.body)
    let incoming: HTTPClientResponse
    do {
      incoming = try await client.execute(outgoing, timeout: TimeAmount(headLimit))
    } catch {
      throw TransportFailure.failure(error, idleLimit: idleLimit)
    }
    let body = HTTPClientBody(incoming.body, idleLimit: idleLimit)
    return TransportResponse(
      status: Int(incoming.status.code),
      headers: incoming.headers.map { TransportHeader($0.name, $0.value) },
      body: AsyncThrowingStream { try await body.next() })
  }
}

/// The body of a response, read when it is asked for.
private actor HTTPClientBody {
  private var pieces: HTTPClientResponse.Body.AsyncIterator
  private let idleLimit: Duration

  init(_ body: HTTPClientResponse.Body, idleLimit: Duration) {
    pieces = body.makeAsyncIterator()
    self.idleLimit = idleLimit
  }

  func next() async throws -> [UInt8]? {
    // The iterator is a reference; a copy goes on where the original stopped.
    var pieces = pieces
    do {
      return try await pieces.next(isolation: self).map { Array(buffer: $0) }
    } catch {
      throw TransportFailure.failure(error, idleLimit: idleLimit)
    }
  }
}

extension TimeAmount {
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
