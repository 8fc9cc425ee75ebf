import Everruns
import EverrunsDocuments
import Foundation
import Testing

@Suite struct ConversationTests {
  private let a = ToolCall(id: "a", name: "add", arguments: ["x": 1])
  private let b = ToolCall(id: "b", name: "send", arguments: "not JSON", signature: "s1")

  @Test func `results follow their message in the order of the calls`() throws {
    let messages = try conversation([
      said(.user("go")), said(agent("", a, b)), got(b, "second"), got(a, ["sum": 2]),
      said(agent("done")),
    ])
    #expect(
      messages == [
        .user("go"), .agent(text: "", calls: [a, b]),
        .tool(ToolResult(of: a, returning: ["sum": 2])),
        .tool(ToolResult(of: b, returning: "second")), .agent(text: "done", calls: []),
      ])
  }

  @Test func `a call without a result is answered with an error`() throws {
    let cancelled = { (call: ToolCall) in
      ChatMessage.tool(
        ToolResult(
          of: call, endingAs: .cancelled, because: "the turn ended before the tool had a result"))
    }
    #expect(
      try conversation([
        said(.user("go")), said(agent("", a, b)), got(b, "second"), said(.user("never mind")),
        said(agent("", a)),
      ]) == [
        .user("go"), .agent(text: "", calls: [a, b]), cancelled(a),
        .tool(ToolResult(of: b, returning: "second")), .user("never mind"),
        .agent(text: "", calls: [a]), cancelled(a),
      ])
  }

  @Test func `results without a call, or duplicates, are ignored`() throws {
    #expect(
      try conversation([
        got(a, "early"), said(.user("go")), said(agent("", a)), got(a, "first"), got(a, "again"),
        said(agent("done")), got(a, "late"),
      ]) == [
        .user("go"), .agent(text: "", calls: [a]), .tool(ToolResult(of: a, returning: "first")),
        .agent(text: "done", calls: []),
      ])
  }

  @Test func `an empty answer is left out`() throws {
    #expect(
      try conversation([said(.user("go")), said(agent("")), said(.user("hello?"))]) == [
        .user("go"), .user("hello?"),
      ])
  }

  @Test func `the pieces of a message are lines of one text`() throws {
    var message = Message.user("one")
    message.content.append(.text("two"))
    #expect(try conversation([said(message)]) == [.user("one\ntwo")])
  }

  @Test func `an event that does not concern the model is ignored`() throws {
    let silent = EventType.allCases.filter {
      ![.inputMessage, .outputMessageCompleted, .toolCompleted].contains($0)
    }
    #expect(try conversation(silent.map { ($0, JSONObject()) }) == [])
  }

  private static let damaged: [(type: EventType, data: JSONObject)] = [
    (.inputMessage, [:]), (.inputMessage, ["message": "text"]),
    (.outputMessageCompleted, ["message": ["id": "x"]]), (.toolCompleted, [:]),
    (.toolCompleted, ["tool_call_id": "a", "tool_name": "add", "status": "strange"]),
    (.toolCompleted, ["tool_call_id": "a", "tool_name": "add", "status": "success"]),
  ]

  @Test(arguments: damaged.indices)
  func `a damaged event is named`(index: Int) {
    #expect(throws: Conversation.DamagedEvent(id: .number(1))) {
      try conversation([Self.damaged[index]])
    }
  }

  @Test(
    arguments: [
      "text", "", "{\"a\": 1}", ["a": 1], [1, 2], 5, true, nil,
    ] as [JSONValue])
  func `a result survives a round trip through an event`(value: JSONValue) throws {
    let result = ToolResult(of: a, returning: value)
    let again = try #require(ToolResult(document: result.document))
    #expect((again.callID, again.name, again.status) == ("a", "add", .success))
    // The model reads text, and a space more or less in it means nothing.
    #expect(
      (try? JSONValue(json: again.text)) ?? .string(again.text)
        == (try? JSONValue(json: result.text)) ?? .string(result.text))
  }

  @Test(arguments: ToolResult.Status.allCases.filter { $0 != .success })
  func `an error survives a round trip through an event`(status: ToolResult.Status) {
    let result = ToolResult(of: a, endingAs: status, because: "why")
    #expect(ToolResult(document: result.document) == result)
  }

  @Test func `a message survives a round trip through an event`() {
    let message = Message(
      id: .number(3), role: .agent, content: [.text("x"), .toolCall(a), .toolCall(b)],
      controls: MessageControls(modelID: "m", reasoningEffort: "low"), metadata: ["k": [1]],
      tags: ["t"], createdAt: .noon(plus: 0.125))
    #expect(Message(document: message.document) == message)
    #expect(
      message.document == [
        "id": .string(message.id.description), "role": "agent",
        "content": [
          ["type": "text", "text": "x"],
          ["type": "tool_call", "id": "a", "name": "add", "arguments": ["x": 1]],
          [
            "type": "tool_call", "id": "b", "name": "send", "arguments": "not JSON",
            "signature": "s1",
          ],
        ], "controls": ["model_id": "m", "reasoning": ["effort": "low"]],
        "metadata": ["k": [1]], "tags": ["t"], "created_at": "2026-01-31T12:00:00.125Z",
      ])
  }

  @Test func `a long result is cut between two characters, and says so`() throws {
    let result = ToolResult(
      of: a, returning: .string(String(repeating: "é", count: 60)), limit: 101)
    #expect(
      result.text == String(repeating: "é", count: 50)
        + "\n[The result has 120 bytes; only the beginning is shown.]")
    let long = JSONValue.string(String(repeating: "e\u{301}", count: 400_000))
    #expect(ToolResult(of: a, returning: long).text.utf8.count < 100_200)
  }

  @Test(
    arguments: [
      ("", [:]), (" \n", [:]), ("{}", [:]), ("{\"a\":1}", ["a": 1]), ("[1]", "[1]"),
      ("{\"a\":", "{\"a\":"), ("null", "null"),
    ] as [(String, JSONValue)])
  func `arguments that are not an object are kept as text`(text: String, arguments: JSONValue) {
    #expect(ToolCall(id: "a", name: "add", argumentsText: text).arguments == arguments)
  }

  // MARK: - Events

  private func conversation(_ events: [(EventType, JSONObject)]) throws -> [ChatMessage] {
    try Conversation(
      events.enumerated().map { index, event in
        Event(
          id: .number(UInt64(index + 1)), type: event.0, time: .noon, sessionID: .number(1),
          sequence: index + 1, data: event.1)
      }
    ).messages
  }

  private func said(_ message: Message) -> (EventType, JSONObject) {
    let type: EventType = message.role == .user ? .inputMessage : .outputMessageCompleted
    return (type, ["message": .object(message.document)])
  }

  private func agent(_ text: String, _ calls: ToolCall...) -> Message {
    Message(
      id: .number(5), role: .agent,
      content: (text.isEmpty ? [] : [.text(text)]) + calls.map(Message.Part.toolCall),
      createdAt: .noon)
  }

  private func got(_ call: ToolCall, _ value: JSONValue) -> (EventType, JSONObject) {
    (.toolCompleted, ToolResult(of: call, returning: value).document)
  }
}
