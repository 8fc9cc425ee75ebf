import Everruns
import EverrunsDocuments

/// Google's Gemini: `POST /models/{model}:streamGenerateContent?alt=sse`.
///
/// https://ai.google.dev/api/generate-content
enum GeminiFormat: WireFormat {
  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest {
    let body = JSONObject()
      .adding(
        "systemInstruction",
        request.system.isEmpty ? nil : ["parts": [["text": .string(request.system)]]]
      )
      .adding("contents", .array(contents(request.messages).map(JSONValue.object)))
      .adding(
        "tools",
        request.tools.isEmpty
          ? nil : [["functionDeclarations": .array(request.tools.map(declaration))]])
    let name =
      request.model.hasPrefix("models/") ? String(request.model.dropFirst(7)) : request.model
    let path = "/models/\(RequestAddress.escaped(name)):streamGenerateContent"
    let url = try RequestAddress.url(connection.baseURL, path: path)
    return Self.request(
      to: url + (url.contains("?") ? "&" : "?") + "alt=sse",
      // In a header, never in the address, which logs and proxies keep.
      headers: try keyHeader("x-goog-api-key", connection), body: body)
  }

  static func decoder() -> GeminiDecoder { GeminiDecoder() }

  /// The conversation with the roles in turn: results of tools are the user's, and what one role
  /// says in a row is one content.
  private static func contents(_ messages: [ChatMessage]) -> [JSONObject] {
    var turns: [(role: String, parts: [JSONValue])] = []
    for message in messages {
      let role: String
      var parts: [JSONValue] = []
      switch message {
      case .user(let text):
        role = "user"
        parts = [["text": .string(text)]]
      case .agent(let text, let calls):
        role = "model"
        if !text.isEmpty { parts.append(["text": .string(text)]) }
        parts += calls.map(part)
      case .tool(let result):
        role = "user"
        parts = [part(result)]
      }
      if turns.last?.role == role {
        turns[turns.count - 1].parts += parts
      } else {
        turns.append((role, parts))
      }
    }
    return turns.map { ["role": .string($0.role), "parts": .array($0.parts)] }
  }

  private static func part(_ call: ToolCall) -> JSONValue {
    .object(
      JSONObject()
        .adding(
          "functionCall",
          ["name": .string(call.name), "args": .object(call.argumentsObject)]
        )
        .adding("thoughtSignature", call.signature.map(JSONValue.string)))
  }

  /// A result, which answers by the name of the function; the response must be an object.
  private static func part(_ result: ToolResult) -> JSONValue {
    let response: JSONObject =
      if case .object(let object) = result.content { object } else { ["result": result.content] }
    return [
      "functionResponse": ["name": .string(result.name), "response": .object(response)]
    ]
  }

  private static func declaration(_ tool: ToolSpecification) -> JSONValue {
    .object(
      JSONObject()
        .adding("name", .string(tool.name))
        .adding("description", .string(tool.description))
        .adding("parameters", GeminiSchema.parameters(tool.parameters).map(JSONValue.object)))
  }
}

/// Reads the pieces of generated content.
struct GeminiDecoder: AnswerDecoder {
  private var hasCalls = false
  private var finish: FinishReason?
  private var responseID: String?
  private var isDone = false

  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
    guard !isDone else { return [] }
    let data = try AnswerData.object(of: event)
    if let error = ProviderError(.object(data)) { throw error.failureInStream }
    responseID = responseID ?? data.text("responseId")
    var events: [ChatEvent] = []
    if data.object("promptFeedback")?.text("blockReason") != nil {
      finish = .contentFilter
    }
    if let candidate = data.objects("candidates").first {
      events += candidate.object("content")?.objects("parts").flatMap { read($0) } ?? []
      if let word = candidate.text("finishReason") { finish = try Self.reason(word) }
    }
    if let usage = data.object("usageMetadata") {
      events.append(
        .usage(
          TokenUsage(inputTokens: usage.integer("promptTokenCount") ?? 0)
            + TokenUsage(outputTokens: usage.integer("candidatesTokenCount") ?? 0)
            + TokenUsage(outputTokens: usage.integer("thoughtsTokenCount") ?? 0)))
    }
    return events
  }

  /// The service says that it is done, and then says nothing more: the end of the body is the end.
  mutating func end() -> [ChatEvent] {
    guard let finish, !isDone else { return [] }
    isDone = true
    return [.finished(hasCalls ? .toolCalls : finish, responseID: responseID)]
  }

  private mutating func read(_ part: JSONObject) -> [ChatEvent] {
    if let call = part.object("functionCall") {
      hasCalls = true
      return [
        .call(
          ToolCall(
            id: call.text("id") ?? "", name: call.text("name") ?? "",
            arguments: call["args"] ?? [:], signature: part.text("thoughtSignature")))
      ]
    }
    guard let text = part.text("text"), !text.isEmpty else { return [] }
    return [part["thought"] == true ? .reasoning(text) : .text(text)]
  }

  private static func reason(_ word: String) throws(ChatFailure) -> FinishReason {
    switch word {
    case "STOP": return .stop
    case "MAX_TOKENS": return .length
    case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII": return .contentFilter
    case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL":
      // The model wrote something that the service could not read; the next try is another one.
      throw .transient("the model wrote a call that its provider could not read")
    default: return .other(word)
    }
  }
}
