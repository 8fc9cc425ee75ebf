import HTTPTypes
import Hummingbird

/// Lets web pages of some origins use the API (CORS).
struct AllowedOrigins: RouterMiddleware {
  typealias Context = ServerRequestContext

  let origins: Set<String>
  private let sharing = CORSMiddleware<Context>(
    allowOrigin: .originBased,
    allowHeaders: [
      .accept, .authorization, .contentType, .idempotencyKey, .lastEventID, .organizationID,
    ],
    allowMethods: [.get, .post, .patch, .put, .delete, .head, .options])

  init(_ origins: [String]) {
    self.origins = Set(origins)
  }

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard let origin = request.headers[.origin], origins.contains(origin) else {
      return try await next(request, context)
    }
    return try await sharing.handle(request, context: context, next: next)
  }
}
