import EverrunsDocuments
import HTTPTypes
import Hummingbird
import Messages
import NIOCore

extension Request {
  /// Reads the body as a JSON object; a missing body is an empty object.
  ///
  /// - Throws: ``APIError``: 415 for another content type, 413 for a body over the limit, 400 for
  ///   invalid JSON, and 422 for an invalid value.
  func json<Body>(_ coding: ObjectCoding<Body>, upTo limit: Int) async throws -> Body {
    try checkContentType()
    let buffer: ByteBuffer
    do {
      buffer = try await body.collect(upTo: limit)
    } catch is NIOTooManyBytesError {
      throw APIError.bodyTooLarge(limit: limit)
    }
    let bytes = Array(buffer.readableBytesView)
    let node: SourceNode
    do throws(DocumentSyntaxError) {
      node = try JSONReader.read(bytes.isEmpty ? Array("{}".utf8) : bytes)
    } catch {
      throw APIError.notJSON(error)
    }
    do throws(DocumentRefusal) {
      return try coding.read(node)
    } catch {
      throw APIError.wrongContent(error)
    }
  }

  private func checkContentType() throws {
    guard let header = headers[.contentType] else { return }
    let type = MediaType(from: header)
    guard type?.type == .application,
      type?.subType == "json" || type?.subType.hasSuffix("+json") == true
    else { throw APIError.notJSONContent(header) }
  }
}
