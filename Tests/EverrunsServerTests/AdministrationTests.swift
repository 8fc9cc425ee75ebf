import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Hummingbird
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// What the tool and seeding own is shown, and organizations are changed as by the tool.
@Suite struct AdministrationTests {
  @Test func `the definition is shown with both fingerprints`() async throws {
    let answer = try await withServer(isSeeded: false) { try await $0.get("/v1/platform").json }
    let definition = PlatformDefinition.oss()
    #expect(answer["fingerprint"]?.string == definition.fingerprint.description)
    #expect(answer["runtime_fingerprint"]?.string == definition.runtimeFingerprint.description)
    #expect(answer["document"] == definition.document)
  }

  @Test func `connection providers have the control plane's key`() async throws {
    let answer = try await withServer(isSeeded: false) {
      try await $0.get("/v1/user/connections/providers").json
    }
    #expect(
      answer["data"]?.array?.map { $0["provider_id"]?.string }
        == PlatformDefinition.oss().connectionProviders.map { $0.id })
  }

  @Test func `harnesses, agents, providers and models are rows of the store`() async throws {
    let (counts, keys) = try await withServer { server in
      var counts: [String: Int] = [:]
      var keys: [String] = []
      for path in ["harnesses", "agents", "llm-providers", "llm-models"] {
        let rows = try await server.get("/v1/\(path)").json["data"]?.array ?? []
        counts[path] = rows.count
        keys += rows.first?.object?.members.map(\.key) ?? []
      }
      return (counts, keys)
    }
    let definition = PlatformDefinition.oss()
    #expect(counts["harnesses"] == definition.builtInHarnesses.count)
    #expect(counts["llm-models"].map { $0 > 10 } == true)
    #expect(!keys.contains("org_id"))
  }

  @Test func `a row is found by id or name`() async throws {
    let (byName, byID, missing) = try await withServer { server in
      let byName = try await server.get("/v1/harnesses/generic").json
      let id = try #require(byName["id"]?.string)
      return (
        byName, try await server.get("/v1/harnesses/\(id)").json,
        try await server.get("/v1/harnesses/genric")
      )
    }
    #expect(byName == byID)
    #expect(missing.status == 404)
    #expect(missing.hint == "did you mean 'generic'?")
  }

  @Test func `a harness preview includes inherited parts`() async throws {
    let preview = try await withServer {
      try await $0.get("/v1/harnesses/platform-chat/preview").json
    }
    let effective = try #require(
      PlatformDefinition.oss().effectiveHarness(named: "platform-chat"))
    #expect(preview["lineage"] == .strings(effective.lineage))
    #expect(preview["system_prompt"] == .string(effective.systemPrompt))
    #expect(
      preview["capabilities"]?.array?.map { $0["ref"]?.string } == effective.capabilities.map(\.ref)
    )
  }

  @Test func `an organization is created with its harnesses and settings`() async throws {
    let (created, harnesses) = try await withServer { server in
      let created = try await server.post("/v1/orgs", #"{"name": "Acme"}"#)
      let id = try #require(created.json["public_id"]?.string)
      let harnesses = try await server.get("/v1/harnesses", headers: ["X-Org-Id": id]).json
      return (created, harnesses)
    }
    #expect(created.status == 201)
    #expect(try created.json["settings"]?["default_harness"]?["name"] == "generic")
    #expect(
      harnesses["data"]?.array?.count == PlatformDefinition.oss().builtInHarnesses.count)
  }

  @Test(arguments: [
    (#"{"name": " "}"#, 422), (#"{}"#, 422), (#"{"name": "A", "public_id": "acme"}"#, 422),
    (#"{"name": "A", "public_id": "org_00000000000000000000000000000001"}"#, 409),
  ])
  func `an invalid organization is not created`(body: String, status: Int) async throws {
    let (answer, count) = try await withServer { server in
      (
        try await server.post("/v1/orgs", body),
        try await server.get("/v1/orgs").json["data"]?.array?.count
      )
    }
    #expect(answer.status == status)
    #expect(count == 1)
  }

  @Test func `settings are chosen by name or by id, and unset with null`() async throws {
    let answers = try await withServer { server in
      let home = "/v1/orgs/org_00000000000000000000000000000001"
      return [
        try await server.send(.patch, home, #"{"name": "Home", "base_harness": "generic"}"#),
        try await server.send(.patch, home, #"{"base_harness": null}"#),
        try await server.send(.patch, home, #"{"default_model": "nope"}"#),
        try await server.get(home),
      ]
    }
    #expect(answers.map(\.status) == [200, 200, 404, 200])
    #expect(try answers[0].json["settings"]?["base_harness"]?["name"] == "generic")
    #expect(try answers[3].json["settings"]?["base_harness"] == .null)
    #expect(try answers[3].json["name"] == "Home")
  }

  @Test func `an organization that does not exist is 404, and unseeded is 503`() async throws {
    let answers = try await withServer(isSeeded: false) { server in
      [
        try await server.get("/v1/agents"),
        try await server.get("/v1/agents", headers: ["X-Org-Id": "org_nowhere"]),
      ]
    }
    #expect(answers.map(\.status) == [503, 404])
    #expect(answers[0].code == "not_ready")
    #expect(answers[0].headers[.retryAfter] == "1")
  }

  @Test func `changes are in the store's history with their actor`() async throws {
    let (id, entries) = try await withServer { server in
      let created = try await server.post("/v1/orgs", #"{"name": "Acme"}"#)
      let id = try #require(created.json["public_id"]?.string)
      let entries = try await server.server.services.administration.use { store in
        try store.history(atMost: nil)
      }
      return (id, entries)
    }
    #expect(entries.map(\.actor) == ["anonymous", "server"])
    #expect(entries.map(\.command) == ["POST /v1/orgs", "startup seeding"])
    #expect(entries.map(\.concerns) == [.listed([.init(publicID: id, name: "Acme")]), .all])
  }
}
