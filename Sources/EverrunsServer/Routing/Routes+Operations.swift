public import HTTPTypes
public import Hummingbird

extension Routes {
  /// Responds to the requests of a route.
  public typealias Handler<Answer> =
    @Sendable (Request, ServerRequestContext) async throws -> Answer

  /// Responds to the requests of a route with a body, which is decoded first.
  public typealias BodyHandler<Body, Answer> =
    @Sendable (Body, Request, ServerRequestContext) async throws -> Answer

  /// Adds a route, which the OpenAPI document describes as `operation` does.
  ///
  /// - Parameters:
  ///   - path: The path, with parameters in braces.
  ///   - method: The method.
  ///   - operation: The description of the route.
  ///   - handler: Responds to the requests.
  /// - Returns: The routes, for further calls.
  @discardableResult
  public func on<Answer: ResponseGenerator>(
    _ path: RouterPath, method: HTTPRequest.Method, _ operation: Operation<Void>,
    use handler: @escaping Handler<Answer>
  ) -> Self {
    note(path, method, operation.description) { request, context in
      try await handler(request, context).response(from: request, context: context)
    }
    return self
  }

  /// Adds a route with a body, which the OpenAPI document describes as `operation` does.
  ///
  /// - Parameters:
  ///   - path: The path, with parameters in braces.
  ///   - method: The method.
  ///   - operation: The description of the route, and the coding of its body.
  ///   - handler: Responds to the requests; it receives the decoded body.
  /// - Returns: The routes, for further calls.
  @discardableResult
  public func on<Body, Answer: ResponseGenerator>(
    _ path: RouterPath, method: HTTPRequest.Method, _ operation: Operation<Body>,
    use handler: @escaping BodyHandler<Body, Answer>
  ) -> Self {
    guard let coding = operation.body else { return self }
    note(path, method, operation.description) { request, context in
      let body = try await request.json(coding, upTo: context.maxUploadSize)
      return try await handler(body, request, context).response(from: request, context: context)
    }
    return self
  }

  /// Adds a GET route, which the OpenAPI document describes as `operation` does.
  @discardableResult
  public func get<Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Void>,
    use handler: @escaping Handler<Answer>
  ) -> Self {
    on(path, method: .get, operation, use: handler)
  }

  /// Adds a POST route without a body, which the OpenAPI document describes as `operation` does.
  @discardableResult
  public func post<Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Void>,
    use handler: @escaping Handler<Answer>
  ) -> Self {
    on(path, method: .post, operation, use: handler)
  }

  /// Adds a POST route, which the OpenAPI document describes as `operation` does.
  @discardableResult
  public func post<Body, Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Body>,
    use handler: @escaping BodyHandler<Body, Answer>
  ) -> Self {
    on(path, method: .post, operation, use: handler)
  }

  /// Adds a PUT route, which the OpenAPI document describes as `operation` does.
  @discardableResult
  public func put<Body, Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Body>,
    use handler: @escaping BodyHandler<Body, Answer>
  ) -> Self {
    on(path, method: .put, operation, use: handler)
  }

  /// Adds a PATCH route, which the OpenAPI document describes as `operation` does.
  @discardableResult
  public func patch<Body, Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Body>,
    use handler: @escaping BodyHandler<Body, Answer>
  ) -> Self {
    on(path, method: .patch, operation, use: handler)
  }

  /// Adds a DELETE route, which the OpenAPI document describes as `operation` does.
  @discardableResult
  public func delete<Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Void>,
    use handler: @escaping Handler<Answer>
  ) -> Self {
    on(path, method: .delete, operation, use: handler)
  }

  /// Records a route whose responses have the status of its operation.
  private func note(
    _ path: RouterPath, _ method: HTTPRequest.Method, _ description: OperationDescription,
    _ respond: @escaping @Sendable (Request, ServerRequestContext) async throws -> Response
  ) {
    note(
      path, method, description,
      CallbackResponder { request, context in
        var response = try await respond(request, context)
        if response.status == .ok { response.status = description.status }
        return response
      })
  }
}
