import Everruns
import EverrunsDocuments

/// OpenAI's Chat Completions, as many servers speak it: `POST /chat/completions`.
///
/// https://platform.openai.com/docs/api-reference/chat
enum ChatCompletionsFormat: WireFormat {
  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest {
    let system: [JSONObject] =
      request.system.isEmpty ? [] : [["role": "system", "content": .string(request.system)]]
    let body = JSONObject()
      .adding("model", .string(request.model))
      .adding("messages", .array((system + request.messages.map(message)).map(JSONValue.object)))
      .adding("tools", request.tools.isEmpty ? nil : .array(request.tools.map(tool)))
      .adding("reasoning_effort", request.reasoningEffort.map(JSONValue.string))
      .adding("stream", true)
      .adding("stream_options", ["include_usage": true])
    return Self.request(
      to: try RequestAddress.url(connection.baseURL, path: "/chat/completions"),
      headers: try keyHeader("authorization", prefix: "Bearer ", connection), body: body)
  }

  static func decoder() -> ChatCompletionsDecoder { ChatCompletionsDecoder() }

  private static func message(_ message: ChatMessage) -> JSONObject {
    switch message {
    case .user(let text):
      return ["role": "user", "content": .string(text)]
    case .agent(let text, let calls):
      return JSONObject()
        .adding("role", "assistant")
        .adding("content", text.isEmpty ? .null : .string(text))
        .adding("tool_calls", calls.isEmpty ? nil : .array(calls.map(call)))
    case .tool(let result):
      return [
        "role": "tool", "tool_call_id": .string(result.callID), "content": .string(result.text),
      ]
    }
  }

  private static func call(_ call: ToolCall) -> JSONValue {
    [
      "id": .string(call.id), "type": "function",
      "function": ["name": .string(call.name), "arguments": .string(call.argumentsJSON)],
    ]
  }

  private static func tool(_ tool: ToolSpecification) -> JSONValue {
    [
      "type": "function",
      "function": [
        "name": .string(tool.name), "description": .string(tool.description),
        "parameters": .object(tool.parameters),
      ],
    ]
  }
}

/// Reads the chunks of a chat completion.
///
/// Text and calls are taken from every chunk, whatever its `finish_reason` says, and calls count
/// also where the reason is `stop`.
struct ChatCompletionsDecoder: AnswerDecoder {
  private var calls = PendingCalls()
  private var finish: FinishReason?
  private var responseID: String?
  private var isDone = false

  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
    guard !isDone else { return [] }
    if event.data == "[DONE]" {
      finish = finish ?? .stop
      return end()
    }
    let chunk = try AnswerData.object(of: event)
    if let error = ProviderError(.object(chunk)) { throw error.failureInStream }
    responseID = responseID ?? chunk.text("id")
    var events: [ChatEvent] = []
    // Only one answer was asked for; chunks with the usage have none.
    if let choice = chunk.objects("choices").first(where: { ($0.integer("index") ?? 0) == 0 }) {
      // Servers that do not stream calls put the whole message here.
      if let delta = choice.object("delta") ?? choice.object("message") {
        events += read(delta)
      }
      if let word = choice.text("finish_reason") { finish = Self.reason(word) }
    }
    if let usage = chunk.object("usage") {
      events.append(
        .usage(
          TokenUsage(
            inputTokens: usage.integer("prompt_tokens") ?? 0,
            outputTokens: usage.integer("completion_tokens") ?? 0)))
    }
    return events
  }

  mutating func end() -> [ChatEvent] {
    guard let finish, !isDone else { return [] }
    isDone = true
    let calls = calls.finish()
    return calls + [.finished(calls.isEmpty ? finish : .toolCalls, responseID: responseID)]
  }

  private mutating func read(_ delta: JSONObject) -> [ChatEvent] {
    var events: [ChatEvent] = []
    // DeepSeek, vLLM and llama.cpp say `reasoning_content`; OpenRouter and Ollama say `reasoning`.
    if let piece = delta.text("reasoning_content") ?? delta.text("reasoning"), !piece.isEmpty {
      events.append(.reasoning(piece))
    }
    for key in ["content", "refusal"] {
      if let piece = delta.text(key), !piece.isEmpty { events.append(.text(piece)) }
    }
    for call in delta.objects("tool_calls") {
      let function = call.object("function")
      let arguments: String
      switch function?["arguments"] {
      case .string(let piece)?: arguments = piece
      case .object(let object)?: arguments = JSONValue.object(object).canonicalJSON
      default: arguments = ""
      }
      let id = call.text("id")
      // A server that gives no index sends whole calls, or goes on with the last one.
      let isNew = id.map { !$0.isEmpty } ?? false
      let next = (calls.lastKey ?? -1) + (isNew || calls.isEmpty ? 1 : 0)
      calls.add(
        key: call.integer("index") ?? next, id: id, name: function?.text("name"),
        arguments: arguments)
    }
    return events
  }

  private static func reason(_ word: String) -> FinishReason {
    switch word {
    case "stop": .stop
    case "length": .length
    case "tool_calls", "function_call": .toolCalls
    case "content_filter": .contentFilter
    default: .other(word)
    }
  }
}
