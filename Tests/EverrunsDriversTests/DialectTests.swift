import Everruns
import EverrunsDocuments
import Foundation
import Testing

@testable import EverrunsDrivers

/// What all dialects have in common.
@Suite struct DialectTests {
  private static let weather = ToolSpecification(
    name: "get_weather", description: "Tells the weather.",
    parameters: [
      "type": "object", "title": "request",
      "properties": [
        "location": ["type": "string", "description": "The place."],
        "days": ["anyOf": [["type": "integer"], ["type": "null"]], "default": nil],
      ], "required": ["location"], "additionalProperties": false,
    ])
  private static let now = ToolSpecification(
    name: "now", description: "Tells the time.", parameters: ["type": "object", "properties": [:]])

  @Test(arguments: HTTPChatDriver.Dialect.allCases, [1, 7, 1000, Int.max])
  func `a conversation with two calls at once goes through the service`(
    dialect: HTTPChatDriver.Dialect, pieces: Int
  ) async throws {
    let connection = connection(FakeService.provider(dialect, pieces: pieces))
    var request = ChatRequest(
      model: "m", system: "Be brief.", messages: [.user("How is the weather in Bern and Zürich?")],
      tools: [Self.weather, Self.now], reasoningEffort: "low")
    let first = ChatReply(try await driver(dialect).events(request, over: connection))
    let signature = dialect == .gemini ? "c2lnbmF0dXJl" : nil
    let hasIDs = dialect != .gemini
    #expect(
      first.calls == [
        ToolCall(
          id: hasIDs ? "call_a" : "", name: "get_weather", arguments: ["location": "Bern"],
          signature: signature),
        ToolCall(
          id: hasIDs ? "call_b" : "", name: "get_weather", arguments: ["location": "Zürich"]),
      ])
    #expect(first.finishReason == .toolCalls)
    #expect(first.usage == TokenUsage(inputTokens: 20, outputTokens: 9))

    let calls = first.acceptedCalls(in: TurnID(at: .distantPast), iteration: 1)
    request.messages += [
      .agent(text: "Let me see.", calls: calls),
      .tool(ToolResult(of: calls[0], returning: ["conditions": "sunny"])),
      .tool(ToolResult(of: calls[1], endingAs: .error, because: "try again")),
    ]
    let second = ChatReply(try await driver(dialect).events(request, over: connection))
    #expect(second.text == "Both are sunny ☀️.")
    #expect(second.calls == [])
    #expect(second.finishReason == .stop)
    #expect(second.usage == TokenUsage(inputTokens: 30, outputTokens: 5))
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `a conversation that went wrong in every way is still one that the service takes`(
    dialect: HTTPChatDriver.Dialect
  ) async throws {
    let odd = ToolCall(
      id: "functions.get_weather:0", name: "get_weather", arguments: "{\"location\": ",
      signature: "c2lnbmF0dXJl")
    let request = ChatRequest(
      model: "m",
      messages: [
        .user("one"), .user(" "), .agent(text: " \n", calls: [odd]),
        .tool(ToolResult(of: odd, endingAs: .cancelled, because: "cancelled")), .user("two"),
        .agent(text: "", calls: [odd]), .tool(ToolResult(of: odd, returning: nil)),
      ], tools: [Self.weather])
    let connection = connection(FakeService.provider(dialect, pieces: .max))
    #expect(ChatReply(try await driver(dialect).events(request, over: connection)).text != "")
  }

  @Test(arguments: [
    (HTTPChatDriver.Dialect.chatCompletions, 3), (.responses, 1), (.anthropicMessages, 2),
    (.gemini, 1),
  ])
  func `a body that ends before the answer does is no whole answer`(
    dialect: HTTPChatDriver.Dialect, missing: Int
  ) async throws {
    let events = FakeServiceText.text(of: dialect).replacing("\r\n", with: "\n")
      .split(separator: "\n\n").map { $0 + "\n\n" }
    for count in 0...(events.count - missing) {
      let cut = FakeResponse(events.prefix(count).joined())
      let reply = ChatReply(
        try await driver(dialect).events(.hello, over: connection(.answering(cut))))
      #expect(throws: ChatFailure.transient("the answer was cut off before its end")) {
        try reply.checkEnd()
      }
    }
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `a connection that breaks is transient, and the pieces before it have arrived`(
    dialect: HTTPChatDriver.Dialect
  ) async throws {
    struct Broken: Error {}
    let begun = FakeServiceText.text(of: dialect)
    let response = FakeResponse(String(begun.prefix(begun.count / 3)), error: Broken())
    #expect(
      await driver(dialect).failure(over: connection(.answering(response)))
        == .transient("the connection to the provider broke: Broken"))
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `an event that is not JSON is transient`(dialect: HTTPChatDriver.Dialect) async {
    let response = FakeResponse("data: <html>Bad gateway</html>\n\n")
    #expect(
      await driver(dialect).failure(over: connection(.answering(response)))
        == .transient("the provider sent an event that is not JSON: <html>Bad gateway</html>"))
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `a key that no header can hold is not sent`(dialect: HTTPChatDriver.Dialect) async {
    let provider = FakeProvider { _ in throw Complaint("sent") }
    for key in ["a\r\nx-evil: 1", "schlüssel", "a b"] {
      #expect(
        await driver(dialect).failure(over: connection(provider, key: key))
          == .permanent(
            "the API key has characters that no key has; check for quotes or line breaks"))
    }
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `without a key no header is sent for it`(dialect: HTTPChatDriver.Dialect) async {
    let names = ["authorization", "x-api-key", "x-goog-api-key"]
    let provider = FakeProvider { request in
      let sent = names.filter { request.header($0) != nil }
      return .refusal(400, "{\"error\":\"sent \(sent)\"}")
    }
    #expect(
      await driver(dialect).failure(over: connection(provider, key: nil))
        == .permanent("HTTP status 400: sent []"))
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `the key is in a header that does not show it, and nowhere else`(
    dialect: HTTPChatDriver.Dialect
  ) async {
    let provider = FakeProvider { request in
      var dumped = ""
      dump(request, to: &dumped)
      let isSeen =
        dumped.contains("test-key") || request.url.contains("test-key")
        || String(decoding: request.body, as: UTF8.self).contains("test-key")
      return .refusal(401, "{\"error\":{\"message\":\"bad key test-key, seen: \(isSeen)\"}}")
    }
    #expect(
      await driver(dialect).failure(over: connection(provider))
        == .permanent("HTTP status 401: bad key ***, seen: false"))
  }
}

/// The recorded answers with text.
enum FakeServiceText {
  static func text(of dialect: HTTPChatDriver.Dialect) -> String {
    switch dialect {
    case .chatCompletions: ChatCompletionsRecording.text
    case .responses: ResponsesRecording.text
    case .anthropicMessages: AnthropicRecording.text
    case .gemini: GeminiRecording.text
    }
  }
}
