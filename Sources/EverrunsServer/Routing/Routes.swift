public import HTTPTypes
public import Hummingbird

/// The routes of a server, as values.
///
/// Routes are added as to Hummingbird's router, with groups, middleware and route collections, and
/// each is recorded. From the records the server derives what the router cannot provide: the
/// OpenAPI document, the response 405, and a clear error if two routes clash.
///
/// ```swift
/// func customRoutes(_ routes: Routes) {
///   routes.get("/v1/ping") { _, _ in "pong" }
/// }
/// ```
public final class Routes: RouterMethods {
  /// The context of a request.
  public typealias Context = ServerRequestContext

  /// The origin of the routes that are added now.
  let origin: NotedRoute.Origin
  /// The added routes, in order.
  private(set) var noted: [NotedRoute] = []
  private let prefix: RouterPath
  private var middlewares: [any MiddlewareProtocol<Request, Response, Context>] = []

  init(_ origin: NotedRoute.Origin, under prefix: RouterPath = "") {
    self.origin = origin
    self.prefix = prefix
  }

  /// Adds a route.
  ///
  /// - Parameters:
  ///   - path: The path, with parameters in braces: `/v1/items/{id}`.
  ///   - method: The method.
  ///   - responder: Responds to the requests.
  /// - Returns: The routes, for further calls.
  @discardableResult
  public func on<Responder: HTTPResponder>(
    _ path: RouterPath, method: HTTPRequest.Method, responder: Responder
  ) -> Self where Responder.Context == Context {
    note(path, method, nil, responder)
    return self
  }

  /// Adds middleware to the routes that are added afterwards.
  @discardableResult
  public func add(middleware: any MiddlewareProtocol<Request, Response, Context>) -> Self {
    middlewares.append(middleware)
    return self
  }

  /// Records a route, which the OpenAPI document describes if it has a `description`.
  func note(
    _ path: RouterPath, _ method: HTTPRequest.Method, _ description: OperationDescription?,
    _ responder: some HTTPResponder<Context>
  ) {
    noted.append(
      NotedRoute(
        method: method, path: prefix.appendingPath(path), origin: origin,
        description: description, responder: behindMiddleware(responder)))
  }

  private func behindMiddleware(
    _ responder: some HTTPResponder<Context>
  ) -> any HTTPResponder<Context> {
    middlewares.reversed().reduce(responder as any HTTPResponder<Context>) { next, middleware in
      CallbackResponder { request, context in
        try await middleware.handle(request, context: context, next: next.respond)
      }
    }
  }
}
