import HTTPTypes
import Hummingbird
import Logging

/// Writes a line for each request: method, route, status, time and request id.
///
/// Query, headers and body are not logged: they contain keys and user content.
struct AccessLog: RouterMiddleware {
  typealias Context = ServerRequestContext

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
    context.logger.info(
      "Request",
      metadata: [
        "method": .string(request.method.rawValue),
        "route": .string(context.endpointPath ?? "NotFound"),
        "status": .stringConvertible(response.status.code),
        "milliseconds": .stringConvertible(Int(milliseconds.rounded())),
      ])
    return response
  }
}
