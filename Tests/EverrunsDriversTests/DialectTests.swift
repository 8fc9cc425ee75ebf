import Everruns
import EverrunsDocuments
import Foundation
import Testing

@testable import EverrunsDrivers

/// What all dialects have in common.
@Suite struct DialectTests {
  @Test(arguments: [
    (HTTPChatDriver.Dialect.chatCompletions, 3), (.responses, 1), (.anthropicMessages, 2),
    (.gemini, 1),
  ])
  func `a body that ends early is an incomplete answer`(
    dialect: HTTPChatDriver.Dialect, missing: Int
  ) async throws {
    let events = Recordings.text(of: dialect).replacing("\r\n", with: "\n")
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
    let begun = Recordings.text(of: dialect)
    let response = FakeResponse(String(begun.prefix(begun.count / 3)), error: Broken())
    #expect(
      await driver(dialect).failure(over: connection(.answering(response)))
        == .transient("the connection to the provider broke: Broken"))
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `a complete answer stays complete if the connection breaks afterwards`(
    dialect: HTTPChatDriver.Dialect
  ) async throws {
    struct Broken: Error {}
    let whole = Recordings.text(of: dialect)
    let events = try await driver(dialect).events(
      .hello, over: connection(.answering(FakeResponse(whole))))
    let response = FakeResponse(whole + ": the end\n\n", error: Broken())
    // Gemini has no event for the end: there the end of the body is the end.
    if dialect == .gemini {
      #expect(
        await driver(dialect).failure(over: connection(.answering(response)))
          == .transient("the connection to the provider broke: Broken"))
    } else {
      #expect(
        try await driver(dialect).events(.hello, over: connection(.answering(response))) == events)
    }
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `an event that is not JSON is transient`(dialect: HTTPChatDriver.Dialect) async {
    let response = FakeResponse("data: <html>Bad gateway</html>\n\n")
    #expect(
      await driver(dialect).failure(over: connection(.answering(response)))
        == .transient("the provider sent an event that is not JSON: <html>Bad gateway</html>"))
    // Half an event is not quoted: it has a part of the answer in it.
    let half = FakeResponse(#"data: {"text":"the answer to"#)
    #expect(
      await driver(dialect).failure(over: connection(.answering(half)))
        == .transient("the provider sent an event that is not JSON"))
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `a key that is invalid in a header is not sent`(dialect: HTTPChatDriver.Dialect) async {
    let provider = FakeProvider { _ in throw Complaint("sent") }
    for key in ["a\r\nx-evil: 1", "schlüssel", "a b"] {
      #expect(
        await driver(dialect).failure(over: connection(provider, key: key))
          == .permanent(
            "the API key has characters that no key has; check for quotes or line breaks"))
    }
  }

  @Test(arguments: HTTPChatDriver.Dialect.allCases)
  func `a provider that requires a key and got none is a missing key`(
    dialect: HTTPChatDriver.Dialect
  ) async {
    let provider = FakeProvider { _ in .refusal(401, "{\"error\":{\"message\":\"no key\"}}") }
    #expect(
      await driver(dialect).failure(over: connection(provider, key: nil)) == .missingAPIKey)
  }

  @Test func `a key is removed from an explanation before that is cut`() async {
    let before = String(repeating: "x", count: 495)
    let provider = FakeProvider { _ in
      .refusal(403, "{\"error\":{\"message\":\"\(before)test-key\"}}")
    }
    #expect(
      await driver(.chatCompletions).failure(over: connection(provider))
        == .permanent("HTTP status 403: " + before.prefix(483) + "…"))
  }

  @Test func `a cancelled request is cancelled, whatever the transport calls it`() async {
    struct Aborted: Error {}
    let task = Task {
      let provider = FakeProvider { _ in
        withUnsafeCurrentTask { $0?.cancel() }
        throw Aborted()
      }
      return try await driver(.chatCompletions).events(.hello, over: connection(provider))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
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
  func `the key is only in a header that does not show it`(
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

/// The recorded answers.
enum Recordings {
  /// An answer with text.
  static func text(of dialect: HTTPChatDriver.Dialect) -> String {
    switch dialect {
    case .chatCompletions: ChatCompletionsRecording.text
    case .responses: ResponsesRecording.text
    case .anthropicMessages: AnthropicRecording.text
    case .gemini: GeminiRecording.text
    }
  }

  /// An answer with two calls.
  static func calls(of dialect: HTTPChatDriver.Dialect) -> String {
    switch dialect {
    case .chatCompletions: ChatCompletionsRecording.calls
    case .responses: ResponsesRecording.calls
    case .anthropicMessages: AnthropicRecording.calls
    case .gemini: GeminiRecording.calls
    }
  }
}
