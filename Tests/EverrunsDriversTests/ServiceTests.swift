import Everruns
import EverrunsDocuments
import Foundation
import ProviderFakes
import Testing

@testable import EverrunsDrivers

/// Conversations with the fakes of the services, which refuse what the services refuse.
@Suite struct ServiceTests {
  private static let weather = ToolSpecification(
    name: "get_weather", description: "Tells the weather.",
    parameters: [
      "type": "object", "title": "request",
      "properties": [
        "location": ["type": "string", "description": "The place."],
        "days": ["anyOf": [["type": "integer"], ["type": "null"]], "default": nil],
        "source": ["type": "string", "format": "uri"],
      ], "required": ["location"], "additionalProperties": false,
    ])
  private static let now = ToolSpecification(
    name: "now", description: "Tells the time.", parameters: ["type": "object", "properties": [:]])

  @Test(arguments: Service.allCases, Manner.Form.allCases)
  func `a conversation with two calls at once goes through the service`(
    service: Service, form: Manner.Form
  ) async throws {
    for framing in Manner.Framing.allCases {
      for size in [7, nil] {
        let fake = ProviderFake(service, manner: Manner(form: form, framing: framing))
        try await converse(
          ChatRequest(
            model: service.models.plain, system: "Be brief.",
            messages: [.user("How is the weather in Bern and Zürich?")],
            tools: [Self.weather, Self.now]),
          with: FakeTransport(to: fake, pieceSize: size), reasoning: [])
      }
    }
  }

  @Test(arguments: Service.allCases, Manner.Form.allCases)
  func `reasoning is streamed, and its signature is sent back with the calls`(
    service: Service, form: Manner.Form
  ) async throws {
    // A response that comes whole has no events with a summary.
    let hasReasoning = service != .responses || form != .whole
    try await converse(
      ChatRequest(
        model: service.models.reasoning, messages: [.user("Weather?")], tools: [Self.weather],
        reasoningEffort: "low"),
      with: FakeTransport(to: ProviderFake(service, manner: Manner(form: form))),
      reasoning: hasReasoning ? ["Two cities, two calls."] : [])
  }

  @Test(arguments: [Service.anthropicMessages, .gemini])
  func `models that require a reasoning budget get one`(service: Service) async throws {
    try await converse(
      ChatRequest(
        model: service.models.plain, messages: [.user("Weather?")], tools: [Self.weather],
        reasoningEffort: "2048"),
      with: FakeTransport(to: ProviderFake(service)), reasoning: ["Two cities, two calls."])
  }

  @Test(arguments: Service.allCases, Service.allCases)
  func `a conversation continues with another provider`(
    first: Service, second: Service
  ) async throws {
    var request = ChatRequest(
      model: first.models.reasoning, messages: [.user("one")], tools: [Self.weather],
      reasoningEffort: "low")
    let beginning = try await reply(to: request, from: FakeTransport(to: ProviderFake(first)))
    request.add(beginning)
    request.messages.append(.user("two"))
    for model in [second.models.plain, second.models.reasoning] {
      request.model = model
      request.reasoningEffort = nil
      let fake = ProviderFake(second)
      // DeepSeek wants reasoning for all calls, also for those of other models.
      if second == .chatCompletions, first != second, model == second.models.reasoning { continue }
      #expect(try await reply(to: request, from: FakeTransport(to: fake)).calls.count == 2)
    }
  }

  @Test(arguments: Service.allCases)
  func `a conversation with every kind of failure is still accepted`(
    service: Service
  ) async throws {
    let odd = ToolCall(
      id: "functions.get_weather:0" + String(repeating: "é", count: 100), name: "get_weather",
      arguments: "{\"location\": ", signature: "from elsewhere")
    var other = odd
    other.id = "x" + odd.id
    let request = ChatRequest(
      model: service.models.plain,
      messages: [
        .user("one"), .user(" "), .user(""), .agent(text: " \n", calls: [odd, other]),
        .tool(ToolResult(of: odd, endingAs: .cancelled, because: "cancelled")),
        .tool(ToolResult(of: other, returning: [1])), .user("two"),
        .agent(text: "", calls: [odd]), .tool(ToolResult(of: odd, returning: nil)),
      ], tools: [Self.weather])
    #expect(try await reply(to: request, from: FakeTransport(to: ProviderFake(service))).text != "")
  }

  @Test(arguments: Service.allCases)
  func `an error in the middle of an answer is transient`(service: Service) async {
    let fake = ProviderFake(service, manner: Manner(ending: .error))
    let message = service == .gemini ? "HTTP status 503: Overloaded" : "Overloaded"
    #expect(await failure(of: fake) == .transient(message))
  }

  @Test(arguments: Service.allCases)
  func `an answer that breaks off is transient`(service: Service) async throws {
    let broken = ProviderFake(service, manner: Manner(ending: .broken))
    #expect(
      await failure(of: broken)
        == .transient("the connection to the provider broke: ConnectionReset"))
    // Half an event at the end of the body is an event that is not JSON.
    guard
      case .transient? = await failure(of: ProviderFake(service, manner: Manner(ending: .cutOff)))
    else {
      Issue.record("not transient")
      return
    }
  }

  @Test(arguments: Service.allCases)
  func `a wrong key is refused with the provider's message, without the key`(
    service: Service
  ) async {
    let status = service == .gemini ? 400 : 401
    let sentence =
      switch service {
      case .chatCompletions, .responses: "Incorrect API key provided: ***."
      case .anthropicMessages: "invalid x-api-key"
      case .gemini: "API key not valid. Please pass a valid API key."
      }
    #expect(
      await failure(of: ProviderFake(service), key: "another-key")
        == .permanent("HTTP status \(status): \(sentence)"))
  }

  // MARK: - Support

  /// Asks, runs both calls, and asks again.
  private func converse(
    _ request: ChatRequest, with transport: FakeTransport, reasoning: [String]
  ) async throws {
    var request = request
    let first = try await reply(to: request, from: transport)
    #expect(first.calls.map(\.name) == ["get_weather", "get_weather"])
    #expect(first.calls.map(\.arguments) == [["location": "Bern"], ["location": "Zürich"]])
    #expect([first.reasoning].filter { !$0.isEmpty } == reasoning)
    #expect(first.text == "Let me see.")
    #expect(first.usage == TokenUsage(inputTokens: 20, outputTokens: 9))
    request.add(first)
    let second = try await reply(to: request, from: transport)
    #expect(
      second.text
        == #"Both are sunny ☀️: {"conditions":"sunny"} and {"error":"try again"}"#)
    #expect(second.calls == [])
    #expect(second.finishReason == .stop)
    #expect(second.usage == TokenUsage(inputTokens: 20, outputTokens: 9))
  }

  private func reply(
    to request: ChatRequest, from transport: FakeTransport
  ) async throws -> ChatReply {
    let reply = ChatReply(
      try await driver(transport.service.dialect).events(
        request,
        over: connection(transport, baseURL: transport.baseURL, key: transport.key)))
    try reply.checkEnd()
    return reply
  }

  private func failure(of fake: ProviderFake, key: String? = nil) async -> ChatFailure? {
    let transport = FakeTransport(to: fake)
    do {
      let reply = ChatReply(
        try await driver(fake.service.dialect).events(
          ChatRequest(
            model: fake.service.models.plain, messages: [.user("hello")], tools: [Self.weather]),
          over: connection(transport, baseURL: transport.baseURL, key: key ?? fake.key)))
      try reply.checkEnd()
      return nil
    } catch {
      return error as? ChatFailure
    }
  }
}

extension ChatRequest {
  /// Adds an answer with two calls, and the results of both: one is a value, one an error.
  fileprivate mutating func add(_ reply: ChatReply) {
    let calls = reply.acceptedCalls(in: TurnID(at: .distantPast), iteration: 1)
    messages.append(.agent(text: reply.text, calls: calls))
    guard calls.count == 2 else { return }
    messages += [
      .tool(ToolResult(of: calls[0], returning: ["conditions": "sunny"])),
      .tool(ToolResult(of: calls[1], endingAs: .error, because: "try again")),
    ]
  }
}

extension Service {
  /// What the driver is told to speak.
  var dialect: HTTPChatDriver.Dialect {
    switch self {
    case .chatCompletions: .chatCompletions
    case .responses: .responses
    case .anthropicMessages: .anthropicMessages
    case .gemini: .gemini
    }
  }
}
