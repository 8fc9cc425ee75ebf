import Everruns
import EverrunsDocuments
import Testing

@testable import EverrunsDrivers

@Suite struct ErrorTests {
  @Test(arguments: [408, 409, 425, 429, 500, 502, 503, 504, 529, 599])
  func `a busy or failing provider is retried`(status: Int) async {
    let failure = await failure(.refusal(status, "{\"error\":{\"message\":\"busy\"}}"))
    #expect(failure == .transient("HTTP status \(status): busy"))
  }

  @Test(arguments: [400, 401, 402, 403, 404, 405, 413, 422, 431, 451])
  func `a refusing provider is not retried`(status: Int) async {
    let failure = await failure(.refusal(status, "{\"error\":{\"message\":\"no\"}}"))
    #expect(failure == .permanent("HTTP status \(status): no"))
  }

  @Test(arguments: [301, 302, 307, 308])
  func `a redirect is not followed`(status: Int) async {
    let headers = [TransportHeader("location", "https://elsewhere.example")]
    #expect(
      await failure(.refusal(status, "", headers: headers))
        == .permanent("HTTP status \(status): redirects are not followed"))
  }

  @Test(arguments: [
    ("{\"error\":{\"message\":\"no such model\",\"type\":\"x\",\"code\":null}}", "no such model"),
    ("{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"overdrawn\"}}", "overdrawn"),
    ("[{\"error\":{\"code\":400,\"message\":\"bad key\",\"status\":\"X\"}}]", "bad key"),
    ("{\"error\":\"model not found\"}", "model not found"),
    ("{\"object\":\"error\",\"message\":\"wrong\",\"code\":400}", "wrong"),
    ("{\"detail\":\"Unauthorized\"}", "Unauthorized"),
    ("{\"error\":{\"reason\":1}}", "{\"reason\":1}"), ("", "no explanation"),
    ("<html>\n <b>Not\tfound</b>", "<html> <b>Not found</b>"), ("{}", "{}"), ("null", "null"),
  ])
  func `the provider's message is kept`(body: String, message: String) async {
    #expect(await failure(.refusal(400, body)) == .permanent("HTTP status 400: \(message)"))
  }

  @Test func `a long explanation is cut`() async {
    guard
      case .permanent(let message)? = await failure(
        .refusal(400, String(repeating: "é ", count: 100_000)))
    else {
      Issue.record("no failure")
      return
    }
    #expect(message.unicodeScalars.count < 600)
    #expect(message.hasSuffix("…"))
  }

  @Test(arguments: [
    "{\"error\":{\"message\":\"x\",\"code\":\"context_length_exceeded\"}}",
    "{\"error\":{\"code\":400,\"message\":\"x\",\"type\":\"exceed_context_size_error\"}}",
    "{\"error\":{\"message\":\"prompt is too long: 201 tokens > 200 maximum\"}}",
    "{\"error\":{\"message\":\"This model's maximum context length is 200 tokens.\"}}",
    "{\"type\":\"error\",\"error\":{\"type\":\"request_too_large\",\"message\":\"x\"}}",
    "{\"error\":{\"message\":\"input length and `max_tokens` exceed context limit: 1 + 2 > 2\"}}",
    "{\"message\":\"The decoder prompt (length 5) is longer than the maximum model length of 4\"}",
    "{\"error\":{\"message\":\"The input token count (2) exceeds the maximum number of tokens\"}}",
  ])
  func `a conversation that is too long has its own failure`(body: String) async {
    guard case .contextTooLong? = await failure(.refusal(400, body)) else {
      Issue.record("not recognized")
      return
    }
  }

  @Test(
    arguments: [
      ("retry-after", "7", Duration.seconds(7)), ("Retry-After", "0.5", .milliseconds(500)),
      ("retry-after-ms", "1500", .milliseconds(1500)), ("retry-after", "1e99", .seconds(86_400)),
      ("retry-after", "-1", nil), ("retry-after", "Sat, 31 Jan 2026 12:00:00 GMT", nil),
      ("retry-after", "nan", nil), ("retry-after", "inf", nil), ("x", "7", nil),
    ] as [(String, String, Duration?)])
  func `a provider names the time of the next attempt`(name: String, value: String, wait: Duration?)
    async
  {
    #expect(
      await failure(.refusal(429, "{\"error\":\"slow down\"}", headers: [.init(name, value)]))
        == .transient("HTTP status 429: slow down", retryAfter: wait))
  }

  @Test(
    arguments: [
      ("Sat, 31 Jan 2026 12:00:30 GMT", .seconds(30)),
      ("Sun, 01 Feb 2026 12:00:00 GMT", .seconds(86_400)),
      ("Sat, 31 Jan 2026 11:59:59 GMT", .zero), ("Sat, 31 Foo 2026 12:00:30 GMT", nil),
    ] as [(String, Duration?)])
  func `a retry date is compared with the provider's clock`(
    date: String, wait: Duration?
  ) async {
    let headers = [
      TransportHeader("date", "Sat, 31 Jan 2026 12:00:00 GMT"),
      TransportHeader("retry-after", date),
    ]
    #expect(
      await failure(.refusal(503, "{\"error\":\"busy\"}", headers: headers))
        == .transient("HTTP status 503: busy", retryAfter: wait))
  }

  @Test func `a conversation that is too long is never retried, whatever the status`() async {
    let body = "{\"error\":{\"code\":500,\"message\":\"x\",\"type\":\"exceed_context_size_error\"}}"
    #expect(await failure(.refusal(500, body)) == .contextTooLong("x"))
  }

  @Test func `a web page is not a truncated answer`() async {
    let html = [TransportHeader("content-type", "text/html; charset=utf-8")]
    #expect(
      await failure(FakeResponse("<html>Welcome</html>", headers: html))
        == .permanent("there is a web page at the base URL, not a model provider"))
  }

  @Test func `Gemini's error contains the time of the next attempt`() async {
    let body = #"""
      {"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":[
        {"@type":"type.googleapis.com/google.rpc.QuotaFailure"},
        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"38.5s"}]}}
      """#
    #expect(
      await failure(.refusal(429, body))
        == .transient("HTTP status 429: quota", retryAfter: .milliseconds(38_500)))
  }

  @Test func `a JSON answer instead of a stream is an error`() async {
    let json = [TransportHeader("content-type", "application/json; charset=utf-8")]
    #expect(
      await failure(FakeResponse("{\"error\":{\"message\":\"overloaded\"}}", headers: json))
        == .transient("overloaded"))
    #expect(
      await failure(FakeResponse("{\"choices\":[]}", headers: json))
        == .permanent("the provider does not stream its answers"))
  }

  // MARK: - In the middle of an answer

  @Test(arguments: [
    (
      HTTPChatDriver.Dialect.chatCompletions,
      "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":503}}\n\n",
      ChatFailure.transient("HTTP status 503: overloaded")
    ),
    (
      .chatCompletions, "data: {\"error\":{\"message\":\"bad\",\"code\":400}}\n\n",
      .permanent("HTTP status 400: bad")
    ),
    (
      .chatCompletions, "data: {\"error\":{\"message\":\"odd\",\"code\":\"what\"}}\n\n",
      .transient("odd")
    ),
    (
      .responses,
      "data: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"broke\",\"param\":null}\n\n",
      .transient("broke")
    ),
    (
      .responses, "event: error\ndata: {\"code\":\"invalid_prompt\",\"message\":\"no\"}\n\n",
      .permanent("no")
    ),
    (
      .responses,
      "data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}}\n\n",
      .transient("slow")
    ),
    (
      .responses, "data: {\"type\":\"response.failed\",\"response\":{}}\n\n",
      .transient("the provider broke off its answer")
    ),
    (
      .anthropicMessages,
      "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
      .transient("Overloaded")
    ),
    (
      .anthropicMessages,
      "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"no\"}}\n\n",
      .permanent("no")
    ),
    (
      .gemini,
      "data: {\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}\n\n",
      .transient("HTTP status 503: overloaded")
    ),
    (
      .gemini, "data: {\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\"}]}\n\n",
      .transient("the model wrote a call that its provider could not read")
    ),
  ])
  func `an error in the middle of an answer ends it`(
    dialect: HTTPChatDriver.Dialect, stream: String, failure: ChatFailure
  ) async {
    #expect(await self.failure(FakeResponse(stream), dialect) == failure)
  }

  private func failure(
    _ response: FakeResponse, _ dialect: HTTPChatDriver.Dialect = .chatCompletions
  ) async -> ChatFailure? {
    await driver(dialect).failure(over: connection(.answering(response)))
  }
}

@Suite struct RequestAddressTests {
  @Test(arguments: [
    ("https://api.example/v1", "https://api.example/v1/chat/completions"),
    ("https://api.example/v1/", "https://api.example/v1/chat/completions"),
    ("https://api.example/v1//", "https://api.example/v1/chat/completions"),
    ("https://api.example/v1/chat/completions", "https://api.example/v1/chat/completions"),
    ("https://api.example/v1/chat/completions/", "https://api.example/v1/chat/completions"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080/chat/completions"),
    (
      "https://api.example/v1?api-version=2",
      "https://api.example/v1/chat/completions?api-version=2"
    ),
    ("HTTP://API.example", "HTTP://API.example/chat/completions"),
  ])
  func `a path is appended unless present`(base: String, url: String) throws {
    #expect(try RequestAddress.url(base, path: "/chat/completions") == url)
  }

  @Test(arguments: [
    nil, "", "api.example/v1", "ftp://api.example", "file:///etc/passwd", "https:api.example",
    "https://api.example/\r\nHost: evil", "https://api.example/a b", "https://api.example/#x",
    "https://é.example", "https://", "http:///v1", "https://?x", "https://user:pass@api.example",
  ])
  func `an address that is not HTTP is refused`(base: String?) {
    #expect(throws: ChatFailure.self) { try RequestAddress.url(base, path: "/x") }
  }

  @Test func `credentials in a base URL are refused and not repeated`() {
    #expect(
      throws: ChatFailure.permanent(
        "the base URL has a user name or password in it; keys belong in the environment")
    ) { try RequestAddress.url("https://user:pass@api.example/v1", path: "/x") }
  }

  @Test func `a model's name cannot change the path`() async throws {
    let provider = FakeProvider { request in .refusal(400, "{\"error\":\"\(request.url)\"}") }
    let request = ChatRequest(model: "../../evil?x=1#é", messages: [.user("hello")])
    #expect(
      await driver(.gemini).failure(request, over: connection(provider))
        == .permanent(
          "HTTP status 400: https://fake.example/v1/models/"
            + "..%2F..%2Fevil%3Fx%3D1%23%C3%A9:streamGenerateContent?alt=sse"))
  }
}
