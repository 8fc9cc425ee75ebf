import Everruns
import EverrunsDocuments
import Hummingbird
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// Sessions, their messages and events.
@Suite struct SessionTests {
  @Test func `a session gets the harness that the tool predicts`() async throws {
    let (session, predicted) = try await withServer { server in
      let session = try await server.post("/v1/sessions", #"{"title": "Hello"}"#)
      let services = server.server.services
      let predicted = try await services.administration.use { store in
        let home = try #require(try store.organizations().first)
        return try store.harnessResolution(
          for: .session, requested: nil, in: home,
          templates: services.platform.definition.builtInHarnesses
        ).harness?.id
      }
      return (session, predicted)
    }
    #expect(session.status == 201)
    #expect(try session.json["harness_id"]?.string == predicted)
    #expect(try session.json["status"] == "started")
    #expect(try session.json["title"] == "Hello")
  }

  @Test func `an empty body creates a session`() async throws {
    let answer = try await withServer { try await $0.post("/v1/sessions", nil) }
    #expect(answer.status == 201)
  }

  @Test func `an invalid field of a session is refused with a pointer`() async throws {
    let answers = try await withServer { server in
      [
        try await server.post("/v1/sessions", #"{"harness_id": "nope"}"#),
        try await server.post("/v1/sessions", #"{"model_id": "nope"}"#),
        try await server.post("/v1/sessions", #"{"capabilities": ["current_tim"]}"#),
        try await server.post("/v1/sessions", #"{"max_iterations": 0}"#),
      ]
    }
    #expect(answers.map(\.status) == [422, 422, 422, 422])
    #expect(
      try answers.map { try $0.json["error"]?["diagnostics"]?.array?.first?["path"] }
        == ["/harness_id", "/model_id", "/capabilities", "/max_iterations"])
    #expect(answers[2].hint == "did you mean 'current_time'?")
  }

  @Test func `before seeding there is no harness yet`() async throws {
    let answer = try await withServer(isSeeded: false) { try await $0.post("/v1/sessions") }
    #expect(answer.status == 503)
    #expect(answer.code == "not_ready")
    #expect(answer.headers[.retryAfter] == "1")
  }

  @Test func `another organization's session is not found`() async throws {
    let statuses = try await withServer { server in
      let other = try await server.post("/v1/orgs", #"{"name": "Other"}"#).json
      let headers = ["X-Org-Id": try #require(other["public_id"]?.string)]
      let id = try await server.newSession()
      return [
        try await server.get("/v1/sessions/\(id)", headers: headers).status,
        try await server.get("/v1/sessions/\(id)/events", headers: headers).status,
        try await server.get("/v1/sessions/\(id)/sse", headers: headers).status,
        try await server.post(
          "/v1/sessions/\(id)/messages", SessionTests.message("hi"), headers: headers
        ).status,
        try await server.send(.delete, "/v1/sessions/\(id)", headers: headers).status,
        try await server.get("/v1/sessions/\(id)").status,
      ]
    }
    #expect(statuses == [404, 404, 404, 404, 404, 200])
  }

  @Test func `a session is changed, and null clears a value`() async throws {
    let answers = try await withServer { server in
      let id = try await server.newSession()
      return [
        try await server.send(
          .patch, "/v1/sessions/\(id)", #"{"title": "New", "tags": ["a"], "locale": "de-CH"}"#),
        try await server.send(.patch, "/v1/sessions/\(id)", #"{"title": null}"#),
      ]
    }
    #expect(try answers[0].json["title"] == "New")
    #expect(try answers[1].json["title"] == .null)
    #expect(try answers[1].json["tags"] == ["a"])
  }

  @Test func `a deleted session is not found`() async throws {
    let answers = try await withServer { server in
      let id = try await server.newSession()
      return [
        try await server.send(.delete, "/v1/sessions/\(id)"),
        try await server.get("/v1/sessions/\(id)"),
        try await server.send(.delete, "/v1/sessions/\(id)"),
      ]
    }
    #expect(answers.map(\.status) == [204, 404, 404])
    #expect(answers[0].text.isEmpty)
  }

  @Test func `lists come in pages`() async throws {
    let (page, wrong) = try await withServer { server in
      for _ in 0..<3 { _ = try await server.newSession() }
      return (
        try await server.get("/v1/sessions?limit=2&offset=2").json,
        try await server.get("/v1/sessions?limit=0")
      )
    }
    #expect(page["data"]?.array?.count == 1)
    #expect(page["total"] == 3)
    #expect(page["offset"] == 2)
    #expect(page["limit"] == 2)
    #expect(wrong.status == 400)
    #expect(wrong.message == "'limit' must be a whole number from 1 to 100")
  }

  @Test func `each principal has one chat`() async throws {
    let ids = try await withServer { server in
      [
        try await server.post("/v1/sessions/chat", nil).json["id"],
        try await server.post("/v1/sessions/chat", nil).json["id"],
      ]
    }
    #expect(ids[0] != nil)
    #expect(ids[0] == ids[1])
  }

  @Test func `a message sent twice with one key is posted once`() async throws {
    let (answers, count) = try await withServer { server in
      let path = "/v1/sessions/\(try await server.newSession())/messages"
      let headers = ["Idempotency-Key": "k1"]
      let answers = [
        try await server.post(path, SessionTests.message("hi"), headers: headers),
        try await server.post(path, SessionTests.message("hi"), headers: headers),
        try await server.post(path, SessionTests.message("ho"), headers: headers),
        try await server.post(
          path, SessionTests.message("hi"), headers: ["Idempotency-Key": "a b"]),
      ]
      return (answers, try await server.get(path).json["total"])
    }
    #expect(answers.map(\.status) == [201, 201, 409, 400])
    #expect(try answers[0].json == answers[1].json)
    #expect(count == 1)
  }

  @Test(arguments: [
    #"{}"#, #"{"message": {"content": []}}"#, #"{"message": {"content": "hi"}}"#,
    #"{"message": {"content": [{"type": "image", "text": ""}]}}"#,
    #"{"message": {"role": "agent", "content": [{"type": "text", "text": "x"}]}}"#,
  ])
  func `a message without content is refused`(body: String) async throws {
    let answer = try await withServer { server in
      try await server.post("/v1/sessions/\(try await server.newSession())/messages", body)
    }
    #expect(answer.status == 422)
  }

  @Test func `cancelling ends pending work, or nothing`() async throws {
    let answers = try await withServer { server in
      let session = "/v1/sessions/\(try await server.newSession())"
      let before = try await server.post("\(session)/cancel", nil).json["status"]
      _ = try await server.post("\(session)/messages", SessionTests.message("hi"))
      let after = try await server.post("\(session)/cancel", nil).json["status"]
      return [before, after]
    }
    #expect(answers == ["no_op", "cancelled"])
  }

  @Test func `a malformed id is not found`() async throws {
    let answer = try await withServer { try await $0.get("/v1/sessions/nonsense") }
    #expect(answer.status == 404)
    #expect(answer.message == "no session named 'nonsense'")
  }

  /// The body that posts a text.
  static func message(_ text: String) -> String {
    JSONValue.object([
      "message": ["content": [["type": "text", "text": .string(text)]]]
    ]).canonicalJSON
  }
}

extension TestServer {
  /// The id of a new session.
  func newSession() async throws -> String {
    try #require(try await post("/v1/sessions").json["id"]?.string)
  }
}

/// Events are listed and streamed.
@Suite struct EventTests {
  @Test func `events are listed from a position on, by type`() async throws {
    let (all, later, typed, wrong) = try await withServer { server in
      let path = "/v1/sessions/\(try await server.newSession())"
      _ = try await server.post("\(path)/messages", SessionTests.message("hi"))
      let all = try await server.get("\(path)/events").json["data"]?.array ?? []
      let first = try #require(all.first?["id"]?.string)
      return (
        all, try await server.get("\(path)/events?since_id=\(first)").json["data"]?.array ?? [],
        try await server.get("\(path)/events?types=input.message").json["data"]?.array ?? [],
        try await server.get("\(path)/events?types=input.massage")
      )
    }
    #expect(all.map { $0["sequence"] } == (1...all.count).map { .integer($0) })
    #expect(later == Array(all.dropFirst()))
    #expect(typed.map { $0["type"] } == ["input.message"])
    #expect(wrong.status == 400)
    #expect(wrong.hint == "did you mean 'input.message'?")
  }

  @Test func `a stream until idle has every event once and ends`() async throws {
    let (events, resumed, all) = try await withServer { server in
      let path = "/v1/sessions/\(try await server.newSession())"
      _ = try await server.post("\(path)/messages", SessionTests.message("hi"))
      _ = try await server.post("\(path)/cancel", nil)
      let stream = try await server.get("\(path)/sse?until=idle")
      let all = try await server.get("\(path)/events").json["data"]?.array ?? []
      let first = try #require(all.first?["id"]?.string)
      let resumed = try await server.get(
        "\(path)/sse?until=idle", headers: ["Last-Event-ID": first])
      return (ServerSentEvents(stream.text), ServerSentEvents(resumed.text), all)
    }
    #expect(events.names.first == "connected")
    #expect(events.ids == all.compactMap { $0["id"]?.string })
    #expect(try events.data.dropFirst().map { try JSONValue(json: $0) } == all)
    #expect(resumed.ids == Array(events.ids.dropFirst()))
  }

  @Test func `an invalid position is 400`() async throws {
    let statuses = try await withServer { server in
      let path = "/v1/sessions/\(try await server.newSession())/sse"
      let unknown = "event_00000000000000000000000000000000"
      return [
        try await server.get(path, headers: ["Last-Event-ID": unknown]).status,
        try await server.get(path, headers: ["Last-Event-ID": "7"]).status,
        try await server.get("\(path)?since_id=\(unknown)").status,
        try await server.get("\(path)?until=tomorrow").status,
      ]
    }
    #expect(statuses == [400, 400, 400, 400])
  }
}

/// Server-sent events as a client reads them.
struct ServerSentEvents {
  private(set) var names: [String] = []
  private(set) var ids: [String] = []
  private(set) var data: [String] = []

  /// Parses a stream; unless it `isComplete`, an event that is cut off does not count.
  init(_ text: String, isComplete: Bool = true) {
    let end = isComplete ? text.endIndex : text.ranges(of: "\n\n").last?.lowerBound
    for line in text[..<(end ?? text.startIndex)].split(separator: "\n") {
      if line.hasPrefix("event: ") { names.append(String(line.dropFirst(7))) }
      if line.hasPrefix("id: ") { ids.append(String(line.dropFirst(4))) }
      if line.hasPrefix("data: ") { data.append(String(line.dropFirst(6))) }
    }
  }

  /// Adds what a later stream gave.
  static func += (events: inout ServerSentEvents, more: ServerSentEvents) {
    events.names += more.names
    events.ids += more.ids
    events.data += more.data
  }
}
