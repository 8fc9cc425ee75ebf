import HTTPTypes
import Hummingbird
import NIOCore

/// Refuses bodies that are too long, for every handler.
struct BodyLimit: RouterMiddleware {
  typealias Context = ServerRequestContext

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let limit = context.maxUploadSize
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw APIError.bodyTooLarge(limit: limit)
    }
    // A stream of events watches its request's own body for the end of the connection.
    guard request.method != .get, request.method != .head else {
      return try await next(request, context)
    }
    var request = request
    request.body = RequestBody(asyncSequence: LimitedBody(body: request.body, limit: limit))
    return try await next(request, context)
  }
}

/// A body that ends with an error where it is too long.
private struct LimitedBody: AsyncSequence, Sendable {
  let body: RequestBody
  let limit: Int

  func makeAsyncIterator() -> Iterator {
    Iterator(body: body.makeAsyncIterator(), limit: limit)
  }

  struct Iterator: AsyncIteratorProtocol {
    var body: RequestBody.AsyncIterator
    let limit: Int
    var length = 0

    mutating func next() async throws -> ByteBuffer? {
      guard let buffer = try await body.next() else { return nil }
      length += buffer.readableBytes
      guard length <= limit else { throw APIError.bodyTooLarge(limit: limit) }
      return buffer
    }
  }
}
