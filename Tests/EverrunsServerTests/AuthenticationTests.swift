import Everruns
import EverrunsDocuments
import HTTPTypes
import Hummingbird
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// Who may use a server.
@Suite struct AuthenticationTests {
  private static let key = "0123456789abcdef"
  private static let withKey = ["AUTH_MODE": "key", "EVERRUNS_API_KEY": key]

  @Test func `without the key only health, readiness and the document are served`()
    async throws
  {
    let statuses = try await withServer(Self.withKey) { server in
      [
        try await server.get("/health").status,
        try await server.get("/api-doc/openapi.json").status,
        try await server.get("/v1/capabilities").status,
      ]
    }
    #expect(statuses == [200, 200, 401])
  }

  @Test func `the response 401 names the authentication scheme`() async throws {
    let answer = try await withServer(Self.withKey) { try await $0.get("/v1/platform") }
    #expect(answer.headers[.wwwAuthenticate] == "Bearer")
    #expect(answer.code == "unauthorized")
    #expect(answer.hint == "send the header 'Authorization: Bearer KEY'")
  }

  @Test(arguments: [
    ("Bearer \(key)", 200), ("bearer \(key)", 200), ("Bearer \(key)x", 401), ("Bearer", 401),
    ("Basic \(key)", 401), (key, 401), ("Bearer ", 401),
  ])
  func `only the key is accepted`(header: String, status: Int) async throws {
    let answer = try await withServer(Self.withKey) {
      try await $0.get("/v1/platform", headers: ["Authorization": header])
    }
    #expect(answer.status == status)
  }

  @Test func `custom routes are behind authentication unless they are public`() async throws {
    let statuses = try await withServer(Self.withKey) { builder in
      builder.routes { $0.get("/v1/mine") { _, _ in "" } }
        .publicRoutes { $0.get("/v1/everybodys") { _, _ in "" } }
    } test: { server in
      [try await server.get("/v1/mine").status, try await server.get("/v1/everybodys").status]
    }
    #expect(statuses == [401, 200])
  }

  @Test func `an embedder's authenticator decides instead of the settings`() async throws {
    let answers = try await withServer(["HTTP_ADDR": "0.0.0.0:9000"], isSeeded: false) { builder in
      builder.authentication(Doorman()).routes { routes in
        routes.get("/v1/me") { _, context in context.principal.id }
      }
    } test: { server in
      [
        try await server.get("/v1/me", headers: ["X-User": "ann"]).text,
        try await server.get("/v1/me", headers: ["X-User": "eve"]).message,
        try await server.get("/v1/me").code,
        try await server.get("/health").json["auth_mode"]?.string,
      ]
    }
    #expect(answers == ["ann", "eve is not welcome", "unauthorized", "external"])
  }

  /// Lets in everybody but Eve.
  private struct Doorman: Authenticator {
    func authenticate(_ request: Request) async throws(AuthenticationFailure) -> Principal {
      guard let name = HTTPField.Name("X-User"), let user = request.headers[name] else {
        throw .missing
      }
      guard user != "eve" else { throw .forbidden(reason: "eve is not welcome") }
      return Principal(id: user)
    }
  }
}

/// A server that lets everybody in keeps web pages away.
@Suite struct LoopbackGuardTests {
  @Test(arguments: [
    ("localhost", true), ("localhost:9000", true), ("127.0.0.1:9000", true), ("127.9.9.9", true),
    ("[::1]:9000", true), ("::1", false), ("evil.example", false),
    ("127.0.0.1.evil.example", false),
    ("localhost.evil.example", false), ("10.0.0.1:9000", false), ("", false),
  ])
  func `only loopback names count as this machine`(host: String, isLoopback: Bool) {
    #expect(Loopback.isLoopback(authority: host) == isLoopback)
  }

  @Test(arguments: [
    ("http://localhost:3000", 200), ("http://127.0.0.1:9000", 200), ("https://evil.example", 403),
    ("null", 403), ("https://allowed.example", 200),
  ])
  func `requests from other origins are refused unless allowed`(
    origin: String, status: Int
  ) async throws {
    let answer = try await withServer(
      ["CORS_ALLOWED_ORIGINS": "https://allowed.example"], isSeeded: false
    ) {
      try await $0.get("/health", headers: ["Origin": origin])
    }
    #expect(answer.status == status)
    #expect(
      answer.headers[.accessControlAllowOrigin]
        == (origin == "https://allowed.example" ? origin : nil))
  }
}
