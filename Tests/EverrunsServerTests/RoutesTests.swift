import EverrunsDocuments
import Hummingbird
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// Routes are known as values, whatever way they were added in.
@Suite struct RoutesTests {
  @Test func `routes of groups are recorded with their whole path`() {
    let routes = Routes(.custom, under: "/api")
    routes.group("/v1").group("/billing").get("/invoices/:id") { _, _ in "" }
    #expect(routes.noted.map(\.name) == ["GET /api/v1/billing/invoices/{id}"])
  }

  @Test func `a collection's routes are recorded`() throws {
    let server = try builder().routes {
      let collection = RouteCollection(context: ServerRequestContext.self)
      return collection.get("/v1/ping") { _, _ in "pong" }
    }.build()
    #expect(server.openAPI["paths"]?["/v1/ping"]?["get"]?["operationId"] == "get_v1_ping")
  }

  @Test func `middleware surrounds the routes that are added after it`() async throws {
    let answers = try await withServer { builder in
      builder.routes { routes in
        routes.get("/before") { _, _ in "plain" }
        routes.add(middleware: Marking())
        routes.get("/after") { _, _ in "plain" }
      }
    } test: { server in
      [try await server.get("/before").text, try await server.get("/after").text]
    }
    #expect(answers == ["plain", "marked"])
  }

  @Test func `a custom route with the method and path of a stock one is refused`() throws {
    let error = #expect(throws: ServerStartError.self) {
      try builder().routes { $0.get("/v1/capabilities") { _, _ in "" } }.build()
    }
    #expect(
      error?.message
        == "'GET /v1/capabilities' of a custom route is already a route of the module 'capabilities'"
    )
    #expect(error?.hint == "choose another path, or leave out the module 'capabilities'")
    #expect(error?.code.exitCode == .usage)
  }

  @Test func `a parameter that another route names differently is refused`() throws {
    let error = #expect(throws: ServerStartError.self) {
      try builder().routes { $0.get("/v1/sessions/{session}/notes") { _, _ in "" } }.build()
    }
    #expect(
      error?.message
        == "'GET /v1/sessions/{session}/notes' of a custom route has '{session}' where 'GET "
        + "/v1/sessions/{id}' of the module 'sessions' has '{id}'")
  }

  @Test func `a wildcard beside a parameter is refused`() throws {
    #expect(throws: ServerStartError.self) {
      try builder().routes { routes in
        routes.get("/files/{name}") { _, _ in "" }
        routes.get("/files/*") { _, _ in "" }
      }.build()
    }
  }

  @Test func `fixed segments next to a parameter are allowed`() throws {
    #expect(throws: Never.self) {
      try builder().routes { routes in
        routes.get("/files/{name}") { _, _ in "" }
        routes.get("/files/latest") { _, _ in "" }
        routes.get("/files/{name}/lines") { _, _ in "" }
        routes.get("/files/{name}.json") { _, _ in "" }
      }.build()
    }
  }

  @Test func `two operations with one id are refused`() throws {
    let error = #expect(throws: ServerStartError.self) {
      try builder().routes { routes in
        routes.get("/a", .operation("A", id: "same")) { _, _ in "" }
        routes.get("/b", .operation("B", id: "same")) { _, _ in "" }
      }.build()
    }
    #expect(error?.message == "'GET /b' and 'GET /a' have the operation id 'same'")
  }

  @Test func `a module is refused without the module that it requires`() throws {
    let error = #expect(throws: ServerStartError.self) {
      try builder().modules(.all.subtracting([.sessions])).build()
    }
    #expect(error == .missingModule(.sessions, neededBy: .messages))
  }

  @Test func `an omitted module is not found, and its paths are free`() async throws {
    let answers = try await withServer { builder in
      builder.modules(.all.subtracting([.capabilities, .durable]))
        .routes { $0.get("/v1/capabilities") { _, _ in "mine" } }
    } test: { server in
      [
        try await server.get("/v1/capabilities").text,
        try await server.get("/v1/durable/turns").code,
      ]
    }
    #expect(answers == ["mine", "not_found"])
  }

  @Test func `the prefix applies to all but health, readiness and the document`() throws {
    let server = try builder(["API_PREFIX": "/api"]).routes {
      $0.get("/v1/ping") { _, _ in "" }
    }.build()
    let paths = server.openAPI["paths"]?.object?.members.map(\.key) ?? []
    #expect(
      paths.filter { !$0.hasPrefix("/api/") } == ["/health", "/ready", "/api-doc/openapi.json"])
    #expect(paths.contains("/api/v1/ping"))
  }

  /// Answers in another route's place.
  private struct Marking: RouterMiddleware {
    typealias Context = ServerRequestContext

    func handle(
      _ request: Request, context: Context,
      next: (Request, Context) async throws -> Response
    ) async throws -> Response {
      _ = try await next(request, context)
      return "marked".response(from: request, context: context)
    }
  }
}
