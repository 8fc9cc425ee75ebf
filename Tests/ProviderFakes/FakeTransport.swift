package import Everruns

/// A transport that hands requests to a fake in this process.
package struct FakeTransport: HTTPTransport {
  private let fake: ProviderFake
  private let pieceSize: Int?

  /// A connection breaks.
  struct ConnectionReset: Error {}

  /// A transport to a fake.
  ///
  /// - Parameters:
  ///   - fake: The fake that answers.
  ///   - pieceSize: How many bytes of an answer arrive at once; `nil` for an event at a time.
  package init(to fake: ProviderFake, pieceSize: Int? = nil) {
    self.fake = fake
    self.pieceSize = pieceSize
  }

  /// The service that is faked.
  package var service: Service { fake.service }
  /// The key that the fake lets in.
  package var key: String { fake.key }
  /// The base URL that the fake answers under.
  package var baseURL: String { "https://fake.example\(fake.service.basePath)" }

  /// The fake's answer.
  package func send(_ request: TransportRequest) throws -> TransportResponse {
    guard request.url.hasPrefix("https://fake.example/") else { throw ConnectionReset() }
    var headers: [String: String] = [:]
    for header in request.headers {
      headers[header.name.lowercased()] = header.value
    }
    let answer = fake.answer(
      ServiceRequest(
        target: String(request.url.dropFirst("https://fake.example".count)), headers: headers,
        body: request.body))
    let pieces = pieceSize.map { size in
      let bytes = answer.pieces.flatMap { $0 }
      return stride(from: 0, to: bytes.count, by: size).map {
        Array(bytes[$0..<min($0 + size, bytes.count)])
      }
    }
    return TransportResponse(
      status: answer.status, headers: answer.headers.map { TransportHeader($0.0, $0.1) },
      body: AsyncThrowingStream { continuation in
        for piece in pieces ?? answer.pieces {
          continuation.yield(piece)
        }
        continuation.finish(throwing: answer.ending == .broken ? ConnectionReset() : nil)
      })
  }
}
