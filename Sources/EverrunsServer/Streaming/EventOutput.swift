import EverrunsDocuments
import Hummingbird

/// The destination of a stream's events.
final class EventOutput {
  private var writer: any ResponseBodyWriter

  init(_ writer: any ResponseBodyWriter) {
    self.writer = writer
  }

  /// Sends one event (html.spec.whatwg.org, section 9.2.6).
  ///
  /// - Parameters:
  ///   - name: The type of the event.
  ///   - id: The position that a client resumes from; `nil` if it cannot resume from this event.
  ///   - data: The data, sent as JSON on one line.
  /// - Throws: The error of a closed connection.
  func send(_ name: String, id: String? = nil, _ data: JSONObject) async throws {
    let id = id.map { "id: \($0)\n" } ?? ""
    // Canonical JSON has no line breaks.
    try await write("\(id)event: \(name)\ndata: \(JSONValue.object(data).canonicalJSON)\n\n")
  }

  /// Sends a comment, which clients ignore and proxies see.
  func keepAlive() async throws {
    try await write(": keep-alive\n\n")
  }

  private func write(_ text: String) async throws {
    try await writer.write(ByteBuffer(string: text))
  }
}
