import Hummingbird

/// A route behind authentication.
struct AuthenticatedResponder: HTTPResponder {
  typealias Context = ServerRequestContext

  let authenticator: any Authenticator
  let next: any HTTPResponder<Context>

  func respond(to request: Request, context: Context) async throws -> Response {
    var context = context
    do throws(AuthenticationFailure) {
      context.principal = try await authenticator.authenticate(request)
    } catch {
      throw APIError(error)
    }
    return try await next.respond(to: request, context: context)
  }
}
