import EverrunsDocuments
import ProviderFakes
import Testing

/// The fakes refuse what the services refuse: tests with them prove nothing otherwise.
@Suite struct ProviderFakeTests {
  @Test(arguments: Service.allCases)
  func `the request of the documentation is accepted`(service: Service) throws {
    var expected = Understood(model: service.models.plain)
    expected.system = "Be brief."
    expected.question = "Weather?"
    expected.results = service == .gemini ? [#"{"t":1}"#, #"{"t":2}"#] : ["1", "2"]
    expected.callCount = 2
    expected.tools = ["get_weather"]
    #expect(try ProviderFake(service).understand(request(service)) == expected)
  }

  @Test(arguments: Service.allCases)
  func `every header and the address are checked`(service: Service) {
    let good = request(service)
    for name in good.headers.keys {
      var bad = good
      bad.headers[name] = nil
      #expect(status(bad, service) >= 400, "without \(name)")
      bad.headers[name] = "x"
      #expect(status(bad, service) >= 400, "with another \(name)")
    }
    var bad = good
    bad.method = "GET"
    #expect(status(bad, service) == 405)
    bad = good
    bad.target += "/x"
    #expect(status(bad, service) == 404)
    bad = good
    bad.target += "?key=fake-key-0123456789"
    #expect(status(bad, service) >= 400)
    bad = good
    bad.body.removeLast()
    #expect(status(bad, service) == 400)
  }

  /// Mistakes, each as a text of the good request and what stands there instead.
  static let mistakes: [(Service, String, String)] = [
    (.chatCompletions, #""stream":true"#, #""stream":false"#),
    (.chatCompletions, #""include_usage":true"#, #""include_usage":false"#),
    (.chatCompletions, #""stream":true"#, #""stream":true,"top":1"#),
    (
      .chatCompletions, #"{"role":"tool","tool_call_id":"b","content":"2"}"#,
      #"{"role":"user","content":"x"}"#
    ),
    (.chatCompletions, #""tool_call_id":"b""#, #""tool_call_id":"a""#),
    (.chatCompletions, #""tool_call_id":"b","#, ""),
    (.chatCompletions, #""id":"b""#, #""id":"\#(String(repeating: "b", count: 41))""#),
    (.chatCompletions, #""arguments":"{}""#, #""arguments":{}"#),
    (.chatCompletions, #""arguments":"{}""#, #""arguments":"[1]""#),
    (.chatCompletions, #""role":"user""#, #""role":"human""#),
    (.chatCompletions, #""content":null"#, #""content":null,"reasoning_content":"x""#),
    (
      .chatCompletions, #""name":"get_weather","description""#,
      #""name":"get weather","description""#
    ),
    (.chatCompletions, #"{"type":"object"}"#, #"{"type":"string"}"#),
    (.responses, #""store":false"#, #""store":true"#),
    (.responses, #""stream":true"#, #""stream":true,"reasoning":{"effort":"low"}"#),
    (.responses, #""stream":true"#, #""stream":true,"include":["reasoning.encrypted_content"]"#),
    (.responses, #""input_text""#, #""output_text""#),
    (.responses, #","output":"2""#, ""),
    (
      .responses, #"{"type":"function_call_output","call_id":"b","output":"2"}"#,
      #"{"type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}"#
    ),
    (.responses, #""arguments":"{}""#, #""arguments":"""#),
    (.responses, #""strict":false"#, #""strict":true"#),
    (.anthropicMessages, #""max_tokens":8,"#, ""),
    (.anthropicMessages, #""max_tokens":8"#, #""max_tokens":1000000"#),
    (.anthropicMessages, #""role":"assistant""#, #""role":"user""#),
    (.anthropicMessages, #""text":"Weather?""#, #""text":" ""#),
    (.anthropicMessages, #""id":"b""#, #""id":"b:1""#),
    (.anthropicMessages, #""id":"b""#, #""id":"a""#),
    (.anthropicMessages, #""input":{}"#, #""input":"{}""#),
    (.anthropicMessages, #",{"type":"tool_result","tool_use_id":"b","content":"2"}"#, ""),
    (
      .anthropicMessages, #"{"type":"tool_result","tool_use_id":"a""#,
      #"{"type":"text","text":"x"},{"type":"tool_result","tool_use_id":"a""#
    ),
    (.anthropicMessages, #""stream":true"#, #""stream":true,"thinking":{"type":"adaptive"}"#),
    (.gemini, #""role":"model""#, #""role":"assistant""#),
    (.gemini, #""name":"get_weather","response":{"t":2}"#, #""name":"call-2","response":{"t":2}"#),
    (.gemini, #""response":{"t":2}"#, #""response":2"#),
    (.gemini, #",{"functionResponse":{"name":"get_weather","response":{"t":2}}}"#, ""),
    (.gemini, #""text":"Weather?""#, #""text":"""#),
    (.gemini, #"{"location":{"type":"string"}}"#, "{}"),
    (.gemini, #"{"type":"string"}"#, #"{"type":"string","additionalProperties":false}"#),
    (.gemini, #"{"type":"string"}"#, #"{"type":"string","format":"uri"}"#),
  ]

  @Test(arguments: mistakes.indices)
  func `a mistake is refused`(index: Int) throws {
    let (service, good, bad) = Self.mistakes[index]
    var request = request(service)
    let text = String(decoding: request.body, as: UTF8.self)
    try #require(text.contains(good))
    request.body = Array(text.replacing(good, with: bad).utf8)
    #expect(status(request, service) == 400, "\(bad)")
  }

  @Test func `Gemini 3 requires its signatures and ids`() {
    var request = request(.gemini)
    request.target = request.target.replacing("gemini-2.5-flash", with: "gemini-3-pro")
    #expect(status(request, .gemini) == 400)
  }

  // MARK: - Support

  private func status(_ request: ServiceRequest, _ service: Service) -> Int {
    ProviderFake(service).answer(request).status
  }

  private func request(_ service: Service) -> ServiceRequest {
    let key = ProviderFake(service).key
    return switch service {
    case .chatCompletions:
      ServiceRequest(
        target: "/v1/chat/completions",
        headers: ["content-type": "application/json", "authorization": "Bearer \(key)"],
        body: Array(
          #"{"model":"gpt-4.1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"},{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"get_weather","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"1"},{"role":"tool","tool_call_id":"b","content":"2"}],"tools":[{"type":"function","function":{"name":"get_weather","description":"d","parameters":{"type":"object"}}}],"stream":true,"stream_options":{"include_usage":true}}"#
            .utf8))
    case .responses:
      ServiceRequest(
        target: "/v1/responses",
        headers: ["content-type": "application/json", "authorization": "Bearer \(key)"],
        body: Array(
          #"{"model":"gpt-4.1","instructions":"Be brief.","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Weather?"}]},{"type":"function_call","call_id":"a","name":"get_weather","arguments":"{}"},{"type":"function_call","call_id":"b","name":"get_weather","arguments":"{}"},{"type":"function_call_output","call_id":"a","output":"1"},{"type":"function_call_output","call_id":"b","output":"2"}],"tools":[{"type":"function","name":"get_weather","description":"d","parameters":{"type":"object"},"strict":false}],"store":false,"stream":true}"#
            .utf8))
    case .anthropicMessages:
      ServiceRequest(
        target: "/v1/messages",
        headers: [
          "content-type": "application/json", "x-api-key": key, "anthropic-version": "2023-06-01",
        ],
        body: Array(
          #"{"model":"claude-haiku-4-5","max_tokens":8,"system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"Weather?"}]},{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"get_weather","input":{}},{"type":"tool_use","id":"b","name":"get_weather","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"1"},{"type":"tool_result","tool_use_id":"b","content":"2"}]}],"tools":[{"name":"get_weather","description":"d","input_schema":{"type":"object"}}],"stream":true}"#
            .utf8))
    case .gemini:
      ServiceRequest(
        target: "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
        headers: ["content-type": "application/json", "x-goog-api-key": key],
        body: Array(
          #"{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[{"text":"Weather?"}]},{"role":"model","parts":[{"functionCall":{"name":"get_weather","args":{}}},{"functionCall":{"name":"get_weather","args":{}}}]},{"role":"user","parts":[{"functionResponse":{"name":"get_weather","response":{"t":1}}},{"functionResponse":{"name":"get_weather","response":{"t":2}}}]}],"tools":[{"functionDeclarations":[{"name":"get_weather","description":"d","parameters":{"type":"object","properties":{"location":{"type":"string"}}}}]}]}"#
            .utf8))
    }
  }
}
