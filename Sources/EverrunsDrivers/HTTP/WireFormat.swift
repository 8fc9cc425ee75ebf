import Everruns
import EverrunsDocuments

/// The requests and answers of one kind of provider.
///
/// Both directions are pure: a request becomes the bytes that are sent, and the events of the
/// response become the pieces of an answer.
protocol WireFormat: Sendable {
  associatedtype Decoder: AnswerDecoder

  /// The name of the format, as ``ModelState`` records it.
  static var name: String { get }

  /// Encodes a request.
  ///
  /// - Throws: ``ChatFailure`` if the connection lacks something.
  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest

  /// Creates a decoder for the answer to a request.
  static func decoder(for request: ChatRequest) -> Decoder
}

/// Reads the events of one answer, up to its end.
protocol AnswerDecoder: Sendable {
  /// The pieces of the answer that an event holds.
  ///
  /// - Throws: ``ChatFailure`` if the event says that there will be no answer.
  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent]

  /// The pieces that are left when the body has ended; with the end of the answer among them only
  /// if the provider has said that it is whole.
  mutating func end() -> [ChatEvent]
}

extension WireFormat {
  /// A POST request with the headers that all providers require, and the provider's own.
  static func request(
    to url: String, headers: [TransportHeader], body: JSONObject
  ) -> TransportRequest {
    TransportRequest(
      url: url,
      headers: [
        TransportHeader("content-type", "application/json"),
        TransportHeader("accept", "text/event-stream"),
      ] + headers,
      body: JSONWriter.bytes(of: .object(body), style: .canonical))
  }

  /// The header with the key, if the connection has one.
  ///
  /// - Parameters:
  ///   - name: The name of the header.
  ///   - prefix: The text before the key in the header.
  ///   - connection: The connection.
  /// - Returns: The header; empty without a key.
  /// - Throws: ``ChatFailure/permanent(_:)`` if the key cannot be sent in a header.
  static func keyHeader(
    _ name: String, prefix: String = "", _ connection: DriverConnection
  ) throws(ChatFailure) -> [TransportHeader] {
    guard let key = connection.apiKey?.reveal() else { return [] }
    guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .permanent(
        "the API key has characters that no key has; check for quotes or line breaks")
    }
    return [TransportHeader(name, secret: Secret(prefix + key))]
  }

  /// Sends a request and streams the answer.
  static func stream(
    _ request: ChatRequest, over connection: DriverConnection
  ) -> AsyncThrowingStream<ChatEvent, any Error> {
    let answer = HTTPAnswer<Self>(to: request, over: connection)
    return AsyncThrowingStream { try await answer.next() }
  }
}
