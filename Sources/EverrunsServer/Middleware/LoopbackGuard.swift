import HTTPTypes
import Hummingbird
import Messages

/// Protects an unauthenticated server on the loopback interface from web pages.
///
/// Any web page can make a browser send requests to 127.0.0.1. `Host` reveals a domain that
/// resolves to it (DNS rebinding), `Origin` every other page.
struct LoopbackGuard: RouterMiddleware {
  typealias Context = ServerRequestContext

  /// The origins that the server's settings allow.
  let allowedOrigins: [String]

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    if let host = request.head.authority, !Loopback.isLoopback(authority: host) {
      throw APIError.forbidden(
        "the host \(host.quoted) is not this machine",
        hint: "use 127.0.0.1 or localhost, or start the server with AUTH_MODE=key")
    }
    if let origin = request.headers[.origin], !isAllowed(origin) {
      throw APIError.forbidden(
        "requests from \(origin.quoted) are not allowed",
        hint: "name the origin in CORS_ALLOWED_ORIGINS")
    }
    return try await next(request, context)
  }

  private func isAllowed(_ origin: String) -> Bool {
    if allowedOrigins.contains(origin) { return true }
    // An origin is a scheme, `://`, a host and perhaps a port.
    let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].hasSuffix(":"), parts[1].isEmpty else { return false }
    return Loopback.isLoopback(authority: String(parts[2]))
  }
}
