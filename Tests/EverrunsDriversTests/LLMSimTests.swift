import Everruns
import EverrunsDocuments
import Synchronization
import Testing

@testable import EverrunsDrivers

@Suite struct LLMSimTests {
  private static let time = ToolSpecification(
    name: "get_current_time", description: "Tells the time.", parameters: ["type": "object"])
  private static let script = #"""
    {
      "format": "everruns.llmsim/v1",
      "rules": [
        {
          "when": {"contains": "time"},
          "steps": [
            {"calls": [{"name": "get_current_time", "arguments": {"format": "unix"}}]},
            {"text": "It is {result.timestamp}, {input}"}
          ]
        },
        {
          "when": {"contains": "flaky"},
          "steps": [
            {"error": {"status": 503, "retry_after_s": 2}, "failures": 2},
            {"error": {"kind": "cut_off", "after_words": 2}, "failures": 1},
            {"text": "one two three"}
          ]
        },
        {"when": {"contains": "broken"}, "steps": [{"error": {"status": 400, "message": "no"}}]},
        {"when": {"contains": "long"}, "steps": [{"error": {"kind": "context_too_long"}}]},
        {"when": {"contains": "loop"}, "steps": [{"calls": [{"name": "get_current_time"}]}]},
        {"when": {"contains": "lorem"}, "steps": [{"lorem": 3}]},
        {"when": {"contains": "nothing"}, "steps": [{"text": ""}]},
        {"otherwise": {"echo": true}}
      ]
    }
    """#

  private let result = ToolResult(
    of: ToolCall(id: "c", name: "get_current_time", arguments: [:]),
    returning: ["timestamp": 1_769_860_800, "format": "unix"])
  private let call = ToolCall(id: "", name: "get_current_time", arguments: ["format": "unix"])

  @Test func `without a script it always says the same sentence`() async throws {
    for text in ["hello", "what time is it?", ""] {
      let reply = try await reply(to: [.user(text)], script: LLMSimScript())
      #expect(reply.text == "Hello! I'm a simulated LLM response.")
      #expect(reply.finishReason == .stop)
    }
  }

  @Test func `the steps of a rule are the answers of a turn`() async throws {
    let asked: [ChatMessage] = [
      .user("hello"), .agent(text: "hi", calls: []), .user("Which TIME?"),
    ]
    let first = try await reply(to: asked)
    #expect(first.calls == [call])
    #expect(first.text == "")
    #expect(first.finishReason == .toolCalls)
    let second = try await reply(to: asked + [.agent(text: "", calls: [call]), .tool(result)])
    #expect(second.text == "It is 1769860800, Which TIME?")
    #expect(second.calls == [])
    #expect(second.finishReason == .stop)
  }

  @Test func `another worker continues with the same answer`() async throws {
    let messages: [ChatMessage] = [
      .user("time"), .agent(text: "", calls: [call]), .tool(result),
    ]
    #expect(try await reply(to: messages) == (try await reply(to: messages)))
  }

  @Test func `a tool that is not offered is not called`() async throws {
    let reply = try await reply(to: [.user("time")], tools: [])
    #expect(reply.text == "No tool is available.")
    #expect(reply.calls == [])
    #expect(reply.finishReason == .stop)
  }

  @Test func `beyond its steps a rule repeats the last one`() async throws {
    var messages: [ChatMessage] = [.user("loop")]
    for _ in 0..<5 {
      let reply = try await reply(to: messages)
      #expect(reply.calls.map(\.name) == ["get_current_time"])
      messages += [.agent(text: "", calls: reply.calls), .tool(result)]
    }
  }

  @Test func `failures come as often as the script says, and the answer afterwards`() async throws {
    let busy = ChatFailure.transient(
      "HTTP status 503: simulated failure", retryAfter: .seconds(2))
    for attempt in 1...2 {
      await #expect(throws: busy) { try await reply(to: [.user("flaky")], attempt: attempt) }
    }
    let cut = try await reply(to: [.user("flaky")], attempt: 3)
    #expect(cut.text == "one two ")
    #expect(cut.finishReason == nil)
    #expect(try await reply(to: [.user("flaky")], attempt: 4).text == "one two three")
    #expect(try await reply(to: [.user("flaky")], attempt: 1000).text == "one two three")
  }

  @Test func `a failure without a count is permanent`() async {
    for attempt in [1, 100] {
      await #expect(throws: ChatFailure.permanent("HTTP status 400: no")) {
        try await reply(to: [.user("broken")], attempt: attempt)
      }
      await #expect(throws: ChatFailure.contextTooLong("simulated failure")) {
        try await reply(to: [.user("long")], attempt: attempt)
      }
    }
  }

  @Test(arguments: [
    ("lorem", "lorem ipsum dolor"), ("nothing", ""), ("anything", "Echo: anything"),
    ("  two  words ", "Echo:   two  words "),
  ])
  func `a step says its text`(input: String, output: String) async throws {
    #expect(try await reply(to: [.user(input)]).text == output)
  }

  @Test func `an answer arrives word by word, with its delays`() async throws {
    let script = try LLMSimScript(
      json: #"""
        {"format": "everruns.llmsim/v1", "word_delay_ms": 5,
         "rules": [{"otherwise": {"text": "one  two three", "first_delay_ms": 100}}]}
        """#)
    let expected: [(model: String, delays: [Int])] = [
      ("llmsim", [105, 5, 5]), ("llmsim-ttft-250", [255, 5, 5]), ("x-latency", [430, 30, 30]),
    ]
    for (model, delays) in expected {
      let slept = Mutex<[Duration]>([])
      let driver = LLMSim(script: script) { duration in slept.withLock { $0.append(duration) } }
      let events = try await driver.events(
        ChatRequest(model: model, messages: [.user("go")]),
        over: connection(FakeProvider { _ in throw Complaint("sent") }))
      #expect(
        events == [
          .text("one  "), .text("two "), .text("three"),
          .usage(TokenUsage(inputTokens: 1, outputTokens: 3)), .finished(.stop, responseID: nil),
        ])
      #expect(slept.withLock { $0 } == delays.map { .milliseconds($0) })
    }
  }

  @Test func `tokens are counted as about four bytes each`() async throws {
    let reply = try await reply(to: [
      .user(String(repeating: "x", count: 40)), .agent(text: "", calls: [call]), .tool(result),
    ])
    // 40 bytes; {"format":"unix"}; {"timestamp":1769860800,"format":"unix"}
    #expect(reply.usage.inputTokens == 10 + 4 + 10)
  }

  // MARK: - Scripts

  @Test(arguments: [
    ("{", ": the object that begins at line 1, column 1 has no end"),
    ("[]", ": the document must be an object, not an array"),
    ("{\"rules\": []}", ": the document has no key 'format', which should be 'everruns.llmsim/v1'"),
    ("{\"format\": \"everruns.llmsim/v1\"}", ": the llmsim script has no 'rules'"),
  ])
  func `an invalid script is refused`(text: String, line: String) {
    do throws(DocumentRefusal) {
      _ = try LLMSimScript(json: text)
      Issue.record("accepted")
    } catch {
      #expect(error.diagnostics.map { "\($0.path): \($0.message)" } == [line])
    }
  }

  @Test func `all problems of a script are reported with their places`() {
    do throws(DocumentRefusal) {
      _ = try LLMSimScript(
        json: #"""
          {"format": "everruns.llmsim/v1", "rules": [
            {"when": {"contain": "x"}, "steps": [{"text": 5}]},
            {"otherwise": {"error": {"kind": "fire"}}}
          ]}
          """#)
      Issue.record("accepted")
    } catch {
      #expect(
        error.diagnostics.map { $0.path.description } == [
          "/rules/0/when/contain", "/rules/0/when", "/rules/0/steps/0/text",
          "/rules/1/otherwise/error/kind",
        ])
      #expect(error.diagnostics.last?.place?.line == 3)
    }
  }

  @Test func `nonsensical numbers do no harm`() async throws {
    let script = try LLMSimScript(
      json: #"""
        {"format": "everruns.llmsim/v1", "word_delay_ms": -5, "rules": [
          {"when": {"contains": "a"}, "steps": [
            {"error": {"after_words": -1, "retry_after_s": -1}, "failures": -3}, {"lorem": -9}]},
          {"steps": []}
        ]}
        """#)
    #expect(try await reply(to: [.user("a")], script: script).text == "")
    #expect(
      try await reply(to: [.user("x")], script: script, attempt: -7).text
        == "Hello! I'm a simulated LLM response.")
    #expect(try await reply(to: [], script: script).finishReason == .stop)
  }

  private func reply(
    to messages: [ChatMessage], script: LLMSimScript? = nil,
    tools: [ToolSpecification] = [time], attempt: Int = 1
  ) async throws -> ChatReply {
    let driver = LLMSim(script: try script ?? LLMSimScript(json: Self.script)) { _ in }
    return ChatReply(
      try await driver.events(
        ChatRequest(model: "llmsim-default", messages: messages, tools: tools, attempt: attempt),
        over: connection(FakeProvider { _ in throw Complaint("sent") })))
  }
}

@Suite struct StockDriversTests {
  @Test func `every driver of the stock platform has code`() {
    for driver in PlatformDefinition.oss().drivers {
      #expect(Implementations.stockDrivers.code(of: driver)?.providerType == driver.providerType)
    }
  }

  @Test func `an unknown driver has no code`() {
    let driver = DriverDescriptor(providerType: "acme", displayName: "Acme")
    #expect(Implementations.stockDrivers.code(of: driver) == nil)
    let own = HTTPChatDriver(driver, speaking: .chatCompletions)
    #expect(Implementations.stockDrivers.code(of: own) != nil)
    #expect(DriverDescriptor(own).providerType == "acme")
  }
}
