import Everruns
import EverrunsDocuments

/// OpenAI's Responses: `POST /responses`.
///
/// https://platform.openai.com/docs/api-reference/responses
enum ResponsesFormat: WireFormat {
  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest {
    let body = JSONObject()
      .adding("model", .string(request.model))
      .adding("instructions", request.system.isEmpty ? nil : .string(request.system))
      .adding("input", .array(request.messages.flatMap(items).map(JSONValue.object)))
      .adding("tools", request.tools.isEmpty ? nil : .array(request.tools.map(tool)))
      .adding("reasoning", request.reasoningEffort.map { ["effort": .string($0)] })
      // The conversation is kept here and nowhere else.
      .adding("store", false)
      .adding("stream", true)
    return Self.request(
      to: try RequestAddress.url(connection.baseURL, path: "/responses"),
      headers: try keyHeader("authorization", prefix: "Bearer ", connection), body: body)
  }

  static func decoder() -> ResponsesDecoder { ResponsesDecoder() }

  private static func items(_ message: ChatMessage) -> [JSONObject] {
    switch message {
    case .user(let text):
      return [Self.message(role: "user", type: "input_text", text)]
    case .agent(let text, let calls):
      let said = text.isEmpty ? [] : [Self.message(role: "assistant", type: "output_text", text)]
      return said
        + calls.map { call in
          [
            "type": "function_call", "call_id": .string(call.id), "name": .string(call.name),
            "arguments": .string(call.argumentsJSON),
          ]
        }
    case .tool(let result):
      return [
        [
          "type": "function_call_output", "call_id": .string(result.callID),
          "output": .string(result.text),
        ]
      ]
    }
  }

  private static func message(role: String, type: String, _ text: String) -> JSONObject {
    [
      "type": "message", "role": .string(role),
      "content": [["type": .string(type), "text": .string(text)]],
    ]
  }

  private static func tool(_ tool: ToolSpecification) -> JSONValue {
    [
      "type": "function", "name": .string(tool.name), "description": .string(tool.description),
      "parameters": .object(tool.parameters),
      // The default is strict, which only schemas without optional properties pass.
      "strict": false,
    ]
  }
}

/// Reads the events of a response.
struct ResponsesDecoder: AnswerDecoder {
  /// The calls that have been handed on, by their `call_id`.
  private var met: Set<String> = []
  private var isDone = false

  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
    guard !isDone, event.data != "[DONE]" else { return [] }
    let data = try AnswerData.object(of: event)
    switch data.text("type") ?? event.type {
    case "response.output_text.delta", "response.refusal.delta":
      return piece(of: data).map { [.text($0)] } ?? []
    case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
      return piece(of: data).map { [.reasoning($0)] } ?? []
    case "response.output_item.done":
      return data.object("item").map { call($0) } ?? []
    case "response.completed", "response.incomplete":
      return end(data.object("response") ?? [:])
    case "response.failed":
      let response = data.object("response") ?? [:]
      throw ProviderError(.object(response))?.failureInStream
        ?? .transient("the provider broke off its answer")
    case "error":
      throw ProviderError(.object(data))?.failureInStream
        ?? .transient("the provider broke off its answer")
    default:
      // Each of the many other events repeats or announces one of these.
      return []
    }
  }

  /// The end is an event of its own, so that a body without it was cut off.
  mutating func end() -> [ChatEvent] { [] }

  private func piece(of data: JSONObject) -> String? {
    data.text("delta").flatMap { $0.isEmpty ? nil : $0 }
  }

  private mutating func call(_ item: JSONObject) -> [ChatEvent] {
    guard item.text("type") == "function_call" else { return [] }
    let id = item.text("call_id") ?? item.text("id") ?? ""
    guard id.isEmpty || met.insert(id).inserted else { return [] }
    return [
      .call(
        ToolCall(
          id: id, name: item.text("name") ?? "", argumentsText: item.text("arguments") ?? ""))
    ]
  }

  private mutating func end(_ response: JSONObject) -> [ChatEvent] {
    isDone = true
    // A call that had no event of its own is in the whole response at least.
    var events = response.objects("output")
      .filter { !($0.text("call_id") ?? "").isEmpty }.flatMap { call($0) }
    if let usage = response.object("usage") {
      events.append(
        .usage(
          TokenUsage(
            inputTokens: usage.integer("input_tokens") ?? 0,
            outputTokens: usage.integer("output_tokens") ?? 0)))
    }
    events.append(.finished(reason(response), responseID: response.text("id")))
    return events
  }

  private func reason(_ response: JSONObject) -> FinishReason {
    switch response.object("incomplete_details")?.text("reason") {
    case "max_output_tokens"?: .length
    case "content_filter"?: .contentFilter
    case let word?: .other(word)
    case nil: met.isEmpty ? .stop : .toolCalls
    }
  }
}
