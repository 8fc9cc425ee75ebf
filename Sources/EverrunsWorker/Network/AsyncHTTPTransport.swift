import AsyncHTTPClient
package import Everruns
import NIOCore
import NIOHTTP1

/// Sends requests of drivers with AsyncHTTPClient, the only use of a networking library.
///
/// Connections are reused. Redirects are not followed, because they would send the key elsewhere.
/// The owner must call ``close()``.
package final class AsyncHTTPTransport: HTTPTransport {
  private let client: HTTPClient
  private let idleLimit: Duration
  private let headLimit: Duration

  /// A transport without connections.
  ///
  /// - Parameters:
  ///   - connectLimit: The connection timeout.
  ///   - idleLimit: The longest pause in a response.
  ///   - headLimit: The time limit for the head of a response.
  package init(
    connectLimit: Duration = .seconds(10), idleLimit: Duration = .seconds(60),
    headLimit: Duration = .seconds(300)
  ) {
    self.idleLimit = idleLimit
    self.headLimit = headLimit
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: TimeAmount(connectLimit), read: TimeAmount(idleLimit)))
    // The turn decides about retries.
    configuration.connectionPool.retryConnectionEstablishment = false
    // One connection per turn: the library's limit of 8 would make a ninth turn wait.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1000
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Closes all connections; later requests fail.
  package func close() async {
    try? await client.shutdown()
  }

  /// Sends a request and returns when status and headers have arrived.
  ///
  /// - Throws: ``ChatFailure/transient(_:retryAfter:)`` if there is no response, or
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

/// The body of a response, read on demand.
private actor HTTPClientBody {
  private var pieces: HTTPClientResponse.Body.AsyncIterator
  private let idleLimit: Duration

  init(_ body: HTTPClientResponse.Body, idleLimit: Duration) {
    pieces = body.makeAsyncIterator()
    self.idleLimit = idleLimit
  }

  func next() async throws -> [UInt8]? {
    // The iterator is a reference: a copy continues where the original stopped.
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
