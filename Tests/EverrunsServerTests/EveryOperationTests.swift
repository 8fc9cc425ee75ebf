import Everruns
import EverrunsDocuments
import Hummingbird
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// The document and the server have the same routes.
@Suite struct EveryOperationTests {
  /// A request for one operation.
  private struct Call {
    let path: String
    var body: String?
    let status: Int

    init(_ path: String, _ body: String? = nil, status: Int = 200) {
      self.path = path
      self.body = body
      self.status = status
    }
  }

  @Test func `every operation is called, and every call is in the document`() async throws {
    try await withServer { server in
      let session = try await server.newSession()
      _ = try await server.post("/v1/sessions/\(session)/messages", SessionTests.message("hi"))
      let turns = try await server.get("/v1/durable/turns").json["data"]?.array
      let turn = try #require(turns?.first?["id"]?.string)
      let worker = try await server.addWorker()
      let doomed = try await server.newSession()
      let home = "org_00000000000000000000000000000001"
      let calls: [String: Call] = [
        "server.health": Call("/health"), "server.ready": Call("/ready"),
        "openapi.show": Call("/api-doc/openapi.json"), "platform.show": Call("/v1/platform"),
        "capabilities.list": Call("/v1/capabilities"),
        "capabilities.show": Call("/v1/capabilities/current_time"),
        "connections.providers": Call("/v1/user/connections/providers"),
        "organizations.list": Call("/v1/orgs"), "organizations.show": Call("/v1/orgs/\(home)"),
        "organizations.create": Call("/v1/orgs", #"{"name": "Acme"}"#, status: 201),
        "organizations.update": Call("/v1/orgs/\(home)", #"{"name": "Home"}"#),
        "harnesses.list": Call("/v1/harnesses"), "harnesses.show": Call("/v1/harnesses/generic"),
        "harnesses.preview": Call("/v1/harnesses/generic/preview"),
        "llm_providers.list": Call("/v1/llm-providers"), "llm_models.list": Call("/v1/llm-models"),
        "agents.list": Call("/v1/agents"), "agents.show": Call("/v1/agents/dad-jokes-agent"),
        "sessions.list": Call("/v1/sessions"),
        "sessions.create": Call("/v1/sessions", "{}", status: 201),
        "sessions.chat": Call("/v1/sessions/chat"),
        "sessions.show": Call("/v1/sessions/\(session)"),
        "sessions.update": Call("/v1/sessions/\(session)", #"{"title": "Hi"}"#),
        "sessions.delete": Call("/v1/sessions/\(doomed)", status: 204),
        "sessions.cancel": Call("/v1/sessions/\(session)/cancel"),
        "messages.create": Call(
          "/v1/sessions/\(session)/messages", SessionTests.message("ho"), status: 201),
        "messages.list": Call("/v1/sessions/\(session)/messages"),
        "events.list": Call("/v1/sessions/\(session)/events"),
        "events.stream": Call("/v1/sessions/\(session)/sse?until=idle"),
        "durable.turns": Call("/v1/durable/turns"),
        // The turn was cancelled and has not failed.
        "durable.retry": Call("/v1/durable/turns/\(turn)/retry", status: 409),
        "durable.workers": Call("/v1/durable/workers"),
        "durable.drain": Call("/v1/durable/workers/\(worker)/drain"),
        "durable.stats": Call("/v1/durable/stats"), "seeding.show": Call("/v1/seeding"),
      ]
      let operations = server.server.openAPI.operations
      #expect(Set(operations.map(\.id)) == Set(calls.keys))
      // What changes something comes first, so that the stream finds an idle session.
      let order = operations.sorted { a, b in
        (a.id == "events.stream" ? 1 : 0) < (b.id == "events.stream" ? 1 : 0)
      }
      for operation in order {
        let call = try #require(calls[operation.id])
        if operation.id == "events.stream" {
          _ = try await server.post("/v1/sessions/\(session)/cancel", nil)
        }
        let method = try #require(HTTPRequest.Method(operation.method))
        let answer = try await server.send(method, call.path, call.body)
        #expect(answer.status == call.status, "\(operation.id): \(answer.text)")
        let template = RouterPath(operation.path)
        let segments = call.path.split(separator: "?")[0].split(separator: "/")
        #expect(
          template.count == segments.count && zip(template, segments).allSatisfy { $0 ~= $1 },
          "\(operation.id) is at \(operation.path)")
      }
    }
  }
}

extension TestServer {
  /// The id of a worker that has just reported.
  func addWorker() async throws -> String {
    let id = try #require(WorkerID("worker-1"))
    let definition = server.services.platform.definition
    _ = try await server.services.runs.opened().heartbeat(
      WorkerReport(
        id: id, host: "localhost", processID: 1, version: "0",
        runtimeFingerprint: definition.runtimeFingerprint, capabilities: ["current_time"],
        drivers: ["llmsim"], capacity: 10, startedAt: testTime))
    return id.description
  }
}
