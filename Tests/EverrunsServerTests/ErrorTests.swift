import EverrunsDocuments
import Hummingbird
import Testing

@testable import EverrunsServer

/// Every error has one shape, whoever refuses.
@Suite struct ErrorTests {
  @Test func `a path that no route has is 404`() async throws {
    let answer = try await withServer(isSeeded: false) { try await $0.get("/v1/nonsense") }
    #expect(answer.status == 404)
    #expect(
      try answer.json == [
        "error": [
          "code": "not_found", "message": "there is no '/v1/nonsense'",
          "hint": "/api-doc/openapi.json lists all paths",
        ]
      ])
  }

  @Test func `a method that a path does not have is 405 with those it has`() async throws {
    let answer = try await withServer(isSeeded: false) {
      try await $0.send(.delete, "/v1/sessions")
    }
    #expect(answer.status == 405)
    #expect(answer.headers[.allow] == "GET, HEAD, POST")
    #expect(answer.code == "method_not_allowed")
  }

  @Test func `a body that is not JSON is 400 with line and column`() async throws {
    let answer = try await withServer { try await $0.post("/v1/sessions", "{\n  \"title\": }") }
    #expect(answer.status == 400)
    #expect(answer.code == "invalid_document")
    let diagnostic = try answer.json["error"]?["diagnostics"]?.array?.first
    #expect(diagnostic?["line"] == 2)
    #expect(diagnostic?["column"] == 12)
  }

  @Test func `invalid content is 422 with every problem`() async throws {
    let answer = try await withServer {
      try await $0.post("/v1/sessions", #"{"titel": "x", "tags": [1], "max_iterations": "many"}"#)
    }
    #expect(answer.status == 422)
    #expect(answer.message == "the body has 3 errors")
    let diagnostics = try answer.json["error"]?["diagnostics"]?.array ?? []
    #expect(diagnostics.map { $0["path"] } == ["/titel", "/tags/0", "/max_iterations"])
    #expect(diagnostics[0]["hint"] == "did you mean 'title'?")
  }

  @Test func `another content type is 415`() async throws {
    let answer = try await withServer {
      try await $0.post("/v1/sessions", "title=x", headers: ["Content-Type": "text/plain"])
    }
    #expect(answer.status == 415)
    #expect(answer.code == "unsupported_media_type")
  }

  @Test(arguments: ["application/json; charset=utf-8", "application/merge-patch+json"])
  func `a body of a type that is JSON is read`(type: String) async throws {
    let answer = try await withServer {
      try await $0.post("/v1/orgs", #"{"name": "Acme"}"#, headers: ["Content-Type": type])
    }
    #expect(answer.status == 201)
  }

  @Test func `a body that is too long is 413, even for a custom route`() async throws {
    let answer = try await withServer { builder in
      builder.routes { routes in
        routes.post("/v1/upload") { request, _ in
          String(buffer: try await request.body.collect(upTo: .max))
        }
      }
    } test: {
      try await $0.post("/v1/upload", String(repeating: "x", count: 1 << 20 + 1))
    }
    #expect(answer.status == 413)
    #expect(answer.code == "too_large")
  }

  @Test func `an unknown error is 500 with a reference, and its cause is only logged`()
    async throws
  {
    struct Secret: Error {}
    let (answer, lines) = try await withServer { builder in
      builder.routes { $0.get("/v1/fails") { _, _ -> String in throw Secret() } }
    } test: {
      (try await $0.get("/v1/fails"), $0.log.lines)
    }
    #expect(answer.status == 500)
    #expect(answer.code == "internal")
    #expect(!answer.text.contains("Secret"))
    let reference = try #require(answer.message?.split(separator: " ").last)
    #expect(lines.contains { $0.contains("Secret") && $0.contains(reference) })
  }

  @Test func `a custom route's own refusal has the same shape`() async throws {
    let answers = try await withServer { builder in
      builder.routes { routes in
        routes.get("/v1/teapot") { _, _ -> String in
          throw HTTPError(.conflict, message: "the pot is in use")
        }
        routes.get("/v1/gone") { _, _ -> String in throw HTTPError(.notFound) }
        routes.get("/v1/own") { _, _ -> String in
          throw APIError(.forbidden, code: "no_tea", message: "no tea for you", hint: "coffee")
        }
      }
    } test: { server in
      [
        try await server.get("/v1/teapot"), try await server.get("/v1/gone"),
        try await server.get("/v1/own"),
      ]
    }
    #expect(answers.map(\.status) == [409, 404, 403])
    #expect(answers.map(\.code) == ["conflict", "not_found", "no_tea"])
    #expect(answers.map(\.message) == ["the pot is in use", "not found", "no tea for you"])
    #expect(answers[2].hint == "coffee")
  }

  @Test func `HEAD is answered wherever GET is, without a body`() async throws {
    let answer = try await withServer { try await $0.send(.head, "/health") }
    #expect(answer.status == 200)
    #expect(answer.text.isEmpty)
  }

  @Test func `the log has route and status, but no query, header or body`() async throws {
    let lines = try await withServer { server in
      _ = try await server.post(
        "/v1/sessions?secret=query", #"{"title": "secret-body"}"#,
        headers: ["X-Secret": "secret-header"])
      return server.log.lines
    }
    #expect(
      lines.contains { $0.contains("method=POST") && $0.contains("route=/v1/sessions status=") })
    #expect(!lines.contains { $0.contains("secret") })
  }
}
