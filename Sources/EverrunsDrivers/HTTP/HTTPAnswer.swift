import Everruns
import EverrunsDocuments

/// An answer that is being streamed over HTTP.
///
/// It reads only when it is asked for the next piece, so that a slow reader slows the provider and
/// nothing piles up.
actor HTTPAnswer<Format: WireFormat> {
  private let request: ChatRequest
  private let connection: DriverConnection
  private var state = State.notSent

  private enum State {
    case notSent
    case reading(Body)
    case ended
  }

  /// What has arrived of the body.
  private struct Body {
    var bytes: AsyncThrowingStream<[UInt8], any Error>.AsyncIterator
    var reader: AnswerReader<Format.Decoder>
    /// Pieces that are ready and have not been asked for, the next one last.
    var ready: [ChatEvent] = []
    var hasEnded = false
  }

  init(to request: ChatRequest, over connection: DriverConnection) {
    self.request = request
    self.connection = connection
  }

  /// The next piece; `nil` after the last one.
  ///
  /// - Throws: ``ChatFailure``, without the key in it, or `CancellationError`.
  func next() async throws -> ChatEvent? {
    // While one call waits for a piece, the answer has ended for any other call.
    let previous = state
    state = .ended
    do {
      var body: Body
      switch previous {
      case .ended: return nil
      case .notSent: body = try await send()
      case .reading(let begun): body = begun
      }
      guard let event = try await next(&body) else { return nil }
      state = .reading(body)
      return event
    } catch {
      // Networking libraries report a cancelled request with their own errors.
      if error is CancellationError || Task.isCancelled { throw CancellationError() }
      throw Self.failure(error).mapMessage { [connection] message in
        // Redact first: a key that is cut in two would not be found.
        (connection.apiKey?.redacted(from: message) ?? message).shortened
      }
    }
  }

  private func send() async throws -> Body {
    let response = try await connection.transport.send(
      try Format.encode(request, over: connection))
    guard (200...299).contains(response.status) else {
      // 401 to a request without a key means that a key is required.
      guard response.status != 401 || connection.apiKey != nil else {
        throw ChatFailure.missingAPIKey
      }
      throw await Self.refusal(response)
    }
    let mediaType = response.header("content-type")?.lowercased() ?? ""
    guard !mediaType.contains("json") else { throw await Self.unstreamed(response) }
    guard !mediaType.hasPrefix("text/html") else {
      throw ChatFailure.permanent("there is a web page at the base URL, not a model provider")
    }
    return Body(
      bytes: response.body.makeAsyncIterator(),
      reader: AnswerReader(Format.decoder(for: request)))
  }

  private func next(_ body: inout Body) async throws -> ChatEvent? {
    while body.ready.isEmpty, !body.hasEnded {
      let bytes: [UInt8]?
      do {
        bytes = try await body.bytes.next(isolation: self)
      } catch  where body.reader.isWhole && !Task.isCancelled {
        // The body is read to its end even after the end of the answer, so that the connection can
        // be used again; a complete answer does not fail because the connection does.
        bytes = nil
      }
      if let bytes {
        body.ready = try body.reader.read(bytes)
      } else {
        body.ready = try body.reader.finish()
        body.hasEnded = true
      }
      body.ready.reverse()
    }
    return body.ready.popLast()
  }

  /// The failure for a response with an error status.
  private static func refusal(_ response: TransportResponse) async -> ChatFailure {
    let text = await beginning(of: response.body)
    let retryAfter = RetryAfter.duration(in: response)
    if let value = try? JSONValue(json: text), let error = ProviderError(value) {
      return error.failure(status: response.status, retryAfter: retryAfter)
    }
    return ChatFailure(
      status: response.status, message: text.isEmpty ? "no explanation" : text,
      retryAfter: retryAfter)
  }

  /// The failure for a successful response that is not a stream.
  private static func unstreamed(_ response: TransportResponse) async -> ChatFailure {
    let text = await beginning(of: response.body)
    if let value = try? JSONValue(json: text), let error = ProviderError(value) {
      return error.failureInStream
    }
    return .permanent("the provider does not stream its answers")
  }

  /// The first bytes of a body as text, enough for an error; as many as arrive.
  private static func beginning(of body: AsyncThrowingStream<[UInt8], any Error>) async -> String {
    var bytes: [UInt8] = []
    do {
      for try await piece in body {
        bytes += piece
        if bytes.count >= 65_536 { break }
      }
    } catch {
      // The status is already known; a truncated explanation does not change it.
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func failure(_ error: any Error) -> ChatFailure {
    error as? ChatFailure ?? .transient("the connection to the provider broke: \(type(of: error))")
  }
}

extension String {
  /// The beginning of a response's text in one line, for a message.
  fileprivate var shortened: String {
    let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let scalars = line.unicodeScalars.prefix(501)
    return scalars.count > 500 ? String(scalars.prefix(500)) + "…" : line
  }
}
