public import HTTPTypes
public import Hummingbird

extension Routes {
  /// What answers the requests of a route.
  public typealias Handler<Answer> =
    @Sendable (Request, ServerRequestContext) async throws -> Answer

  /// What answers the requests of a route with a body, which it is given.
  public typealias BodyHandler<Body, Answer> =
    @Sendable (Body, Request, ServerRequestContext) async throws -> Answer

  /// Adds a route that stands in the OpenAPI document with all that `operation` says.
  ///
  /// - Parameters:
  ///   - path: The path, with parameters in braces.
  ///   - method: The method.
  ///   - operation: What the route says about itself.
  ///   - handler: What answers.
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

  /// Adds a route with a body that stands in the OpenAPI document with all that `operation` says.
  ///
  /// - Parameters:
  ///   - path: The path, with parameters in braces.
  ///   - method: The method.
  ///   - operation: What the route says about itself, and how its body is read.
  ///   - handler: What answers; it is given the body.
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

  /// Adds a GET route that stands in the OpenAPI document with all that `operation` says.
  @discardableResult
  public func get<Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Void>,
    use handler: @escaping Handler<Answer>
  ) -> Self {
    on(path, method: .get, operation, use: handler)
  }

  /// Adds a POST route without a body that stands in the OpenAPI document with all that `operation`
  /// says.
  @discardableResult
  public func post<Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Void>,
    use handler: @escaping Handler<Answer>
  ) -> Self {
    on(path, method: .post, operation, use: handler)
  }

  /// Adds a POST route that stands in the OpenAPI document with all that `operation` says.
  @discardableResult
  public func post<Body, Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Body>,
    use handler: @escaping BodyHandler<Body, Answer>
  ) -> Self {
    on(path, method: .post, operation, use: handler)
  }

  /// Adds a PUT route that stands in the OpenAPI document with all that `operation` says.
  @discardableResult
  public func put<Body, Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Body>,
    use handler: @escaping BodyHandler<Body, Answer>
  ) -> Self {
    on(path, method: .put, operation, use: handler)
  }

  /// Adds a PATCH route that stands in the OpenAPI document with all that `operation` says.
  @discardableResult
  public func patch<Body, Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Body>,
    use handler: @escaping BodyHandler<Body, Answer>
  ) -> Self {
    on(path, method: .patch, operation, use: handler)
  }

  /// Adds a DELETE route that stands in the OpenAPI document with all that `operation` says.
  @discardableResult
  public func delete<Answer: ResponseGenerator>(
    _ path: RouterPath, _ operation: Operation<Void>,
    use handler: @escaping Handler<Answer>
  ) -> Self {
    on(path, method: .delete, operation, use: handler)
  }

  /// Notes a route whose answers have the status that its operation names.
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
