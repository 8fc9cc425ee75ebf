import Everruns
import EverrunsDocuments
import Foundation
import Testing

@Suite struct StockToolTests {
  // MARK: - current_time

  @Test(
    arguments: [
      ([:], ["datetime": "2026-01-31T12:00:00Z", "format": "iso8601", "timezone": "UTC"]),
      (
        ["timezone": "Europe/Zurich"],
        [
          "datetime": "2026-01-31T13:00:00+01:00", "format": "iso8601", "timezone": "Europe/Zurich",
        ]
      ),
      (
        ["timezone": nil, "format": "unix"],
        ["timestamp": 1_769_860_800, "format": "unix", "timezone": "UTC"]
      ),
      (
        ["timezone": "Asia/Tokyo", "format": "human"],
        [
          "datetime": "Saturday, 31 January 2026, 21:00 +0900", "format": "human",
          "timezone": "Asia/Tokyo",
        ]
      ),
    ] as [(JSONObject, JSONValue)])
  func `the time is given in the requested zone`(
    arguments: JSONObject, answer: JSONValue
  ) async throws {
    #expect(try await run("get_current_time", arguments) == answer)
  }

  @Test func `a time zone that does not exist is refused`() async {
    await #expect(
      throws: ToolRefusal(
        "there is no time zone 'Mars/Olympus'; use a name such as UTC, Europe/Zurich or Asia/Tokyo")
    ) {
      try await run("get_current_time", ["timezone": "Mars/Olympus"])
    }
  }

  // MARK: - test_math

  @Test(arguments: [
    ("add", "1", "2", "3"), ("add", "0.5", "0.25", "0.75"), ("subtract", "1", "2", "-1"),
    ("multiply", "1e3", "-2", "-2000"), ("divide", "1", "4", "0.25"), ("divide", "6", "3", "2"),
    ("multiply", "1e20", "1e20", "1e+40"),
  ])
  func `arithmetic is evaluated`(name: String, a: String, b: String, result: String)
    async throws
  {
    let arguments = try JSONValue(json: "{\"a\": \(a), \"b\": \(b)}")
    guard case .object(let object) = arguments else { return }
    #expect(try await run(name, object).canonicalJSON == "{\"result\":\(result)}")
  }

  @Test func `an expression without a result is refused`() async throws {
    await #expect(throws: ToolRefusal("a number cannot be divided by 0")) {
      try await run("divide", ["a": 1, "b": 0])
    }
    let huge = try JSONValue(json: "1e308")
    await #expect(throws: ToolRefusal("the result is too large")) {
      try await run("multiply", ["a": huge, "b": huge])
    }
    let beyond = try JSONValue(json: "1e999")
    await #expect(throws: ToolRefusal.self) { try await run("add", ["a": beyond, "b": 1]) }
  }

  // MARK: - test_weather

  @Test func `a place always has the same weather, whatever its letter case`() async throws {
    let first = try await run("get_weather", ["location": "Zurich"])
    guard case .object(var a) = first,
      case .object(var b) = try await run("get_weather", ["location": "ZURICH"])
    else { return }
    a["location"] = nil
    b["location"] = nil
    #expect(a == b)
    #expect(try await run("get_weather", ["location": "Zurich"]) == first)
    #expect(a.members.map(\.key) == ["temperature", "units", "conditions", "humidity_percent"])
  }

  @Test func `a forecast has the requested number of days`() async throws {
    guard
      case .object(let answer) = try await run("get_forecast", ["location": "Bern", "days": 7]),
      case .array(let days)? = answer["forecast"]
    else {
      Issue.record("no forecast")
      return
    }
    #expect(days.count == 7)
    await #expect(throws: ToolRefusal("'days' must be from 1 to 7, not 8")) {
      try await run("get_forecast", ["location": "Bern", "days": 8])
    }
    await #expect(throws: ToolRefusal("'location' is empty; name a place")) {
      try await run("get_forecast", ["location": " "])
    }
  }

  // MARK: - stateless_todo_list

  @Test func `a to-do list is returned with its counts`() async throws {
    #expect(
      try await run(
        "write_todos",
        [
          "todos": [
            ["content": "Read", "active_form": "Reading", "status": "completed"],
            ["content": "Write", "status": "in_progress"],
            ["content": "Send", "status": "pending"],
          ]
        ]) == [
          "total": 3, "pending": 1, "in_progress": 1, "completed": 1,
          "todos": [
            ["content": "Read", "active_form": "Reading", "status": "completed"],
            ["content": "Write", "active_form": nil, "status": "in_progress"],
            ["content": "Send", "active_form": nil, "status": "pending"],
          ],
        ])
  }

  @Test func `a list with nothing in progress gets a warning`() async throws {
    guard
      case .object(let answer) = try await run(
        "write_todos", ["todos": [["content": "Read", "status": "pending"]]])
    else { return }
    #expect(answer["warning"] == "exactly one step should be in progress, not 0")
    #expect(
      try await run("write_todos", ["todos": []])
        == ["total": 0, "pending": 0, "in_progress": 0, "completed": 0, "todos": []])
  }

  @Test func `a step without words or with an unknown status is refused`() async {
    await #expect(throws: ToolRefusal("step 1 is empty; say what is to be done")) {
      try await run("write_todos", ["todos": [["content": "", "status": "pending"]]])
    }
    await #expect(throws: ToolRefusal.self) {
      try await run("write_todos", ["todos": [["content": "x", "status": "done"]]])
    }
  }

  // MARK: - session

  @Test func `a title is one line`() async throws {
    let session = RecordedSession()
    #expect(
      try await run("write_session_title", ["title": " A\n title  of mine "], session)
        == ["title": "A title of mine"])
    #expect(await session.title == "A title of mine")
    await #expect(throws: ToolRefusal("'title' is empty")) {
      try await run("write_session_title", ["title": " \n"], session)
    }
    await #expect(throws: ToolRefusal("'title' has more than 200 characters")) {
      try await run(
        "write_session_title", ["title": .string(String(repeating: "x", count: 201))], session)
    }
  }

  @Test func `a session's details can be read`() async throws {
    #expect(try await run("get_session_info", [:], RecordedSession()) == ["id": "session_1"])
    await #expect(throws: ToolRefusal("there is no session")) {
      try await run("get_session_info", [:])
    }
  }

  private func run(
    _ name: String, _ arguments: JSONObject, _ session: RecordedSession? = nil
  ) async throws -> JSONValue {
    let tool = try #require(stockTool(name))
    guard let session else { return try await tool.execute(arguments, in: .noon) }
    return try await tool.execute(
      arguments,
      in: ToolContext(
        sessionID: .number(1), turnID: .number(2), callID: "c", idempotencyKey: "k",
        organization: "org_00000000000000000000000000000001", configuration: [:], now: .noon,
        session: session, reportProgress: { _ in }))
  }
}

private actor RecordedSession: SessionAccess {
  private(set) var title: String?

  func information() -> JSONObject { ["id": "session_1"] }
  func setTitle(_ title: String) { self.title = title }
}
