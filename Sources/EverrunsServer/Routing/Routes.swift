public import HTTPTypes
public import Hummingbird

/// The routes of a server, known as values before they serve anything.
///
/// It takes routes as Hummingbird's router does, with groups, middleware and route collections, and
/// notes each one. The server makes from the notes what the router alone could not give: the OpenAPI
/// document, the answer 405, and an error in words where two routes clash.
///
/// ```swift
/// func customRoutes(_ routes: Routes) {
///   routes.get("/v1/ping") { _, _ in "pong" }
/// }
/// ```
public final class Routes: RouterMethods {
  /// What handlers know about their requests.
  public typealias Context = ServerRequestContext

  /// What every route that is added now has in common.
  let origin: NotedRoute.Origin
  /// Every route, in the order in which they were added.
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
  ///   - responder: What answers.
  @discardableResult
  public func on<Responder: HTTPResponder>(
    _ path: RouterPath, method: HTTPRequest.Method, responder: Responder
  ) -> Self where Responder.Context == Context {
    note(path, method, nil, responder)
    return self
  }

  /// Adds middleware to the routes that are added from now on.
  @discardableResult
  public func add(middleware: any MiddlewareProtocol<Request, Response, Context>) -> Self {
    middlewares.append(middleware)
    return self
  }

  /// Notes a route.
  ///
  /// - Parameter description: What the route says about itself.
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
