import Everruns
import Testing

@Suite struct TurnFailureTests {
  @Test func `a driver's failure tells the user what to do`() {
    let failures: [ChatFailure] = [
      .transient("HTTP status 503: busy", retryAfter: .seconds(1)), .permanent("no such model"),
      .contextTooLong("prompt is too long"), .missingAPIKey,
    ]
    #expect(
      failures.map { TurnFailure($0, providerType: "openai") } == [
        TurnFailure(code: .llmError, message: "HTTP status 503: busy"),
        TurnFailure(code: .llmError, message: "no such model"),
        TurnFailure(code: .contextTooLong, message: "prompt is too long"),
        TurnFailure(
          code: .apiKeyMissing,
          message:
            "the provider 'openai' needs an API key: set DEFAULT_OPENAI_API_KEY for the worker"),
      ])
  }

  @Test func `any other error counts as a network failure`() {
    struct Broken: Error {}
    #expect(ChatFailure(Broken()) == .transient("the driver failed: Broken"))
    #expect(ChatFailure(ChatFailure.permanent("no")) == .permanent("no"))
  }
}
