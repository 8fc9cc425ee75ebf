import EverrunsStore
import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// Turns every error into the API's error format, including Hummingbird's own.
struct ErrorMiddleware: RouterMiddleware {
  typealias Context = ServerRequestContext

  let table: RouteTable

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as CancellationError {
      throw error
    } catch {
      let answer = apiError(for: error, request, context)
      return Response(status: answer.status, headers: answer.headers, json: answer.document)
    }
  }

  private func apiError(
    for error: any Error, _ request: Request, _ context: Context
  ) -> APIError {
    switch error {
    case let error as APIError:
      return error
    case let error as HTTPError where isNoRoute(error, context):
      return noRoute(request)
    case let error as HTTPError:
      return APIError(error)
    case let error as RunStoreError:
      return logged(APIError(error, reference: context.id), error, context)
    case let error as any ReportableError:
      return logged(APIError(error, reference: context.id), error, context)
    case let error as HTTPParserError:
      return APIError(error)
    case let error as any HTTPResponseError:
      return APIError(HTTPError(error.status))
    default:
      context.logger.error(
        "Request failed", metadata: ["error": .string(String(reflecting: error))])
      return .internal(reference: context.id)
    }
  }

  /// The response; an internal error is logged with its cause.
  private func logged(
    _ answer: APIError, _ cause: any ReportableError, _ context: Context
  ) -> APIError {
    if answer.status.kind == .serverError {
      context.logger.error("Request failed", metadata: ["error": .string(cause.message)])
    }
    return answer
  }

  /// Whether the router found no route, as opposed to a handler that responds 404.
  private func isNoRoute(_ error: HTTPError, _ context: Context) -> Bool {
    error.status == .notFound && context.endpointPath == "NotFound"
  }

  private func noRoute(_ request: Request) -> APIError {
    let path = request.uri.path
    let methods = table.methods(of: path)
    return methods.isEmpty ? .noRoute(path) : .method(request.method, isNotAmong: methods, of: path)
  }
}
