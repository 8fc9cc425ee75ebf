import Everruns
import EverrunsDocuments

/// Google's Gemini: `POST /models/{model}:streamGenerateContent?alt=sse`.
///
/// https://ai.google.dev/api/generate-content
enum GeminiFormat: WireFormat {
  static let name = "gemini"

  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest {
    let body = JSONObject()
      .adding(
        "systemInstruction",
        request.system.isEmpty ? nil : ["parts": [["text": .string(request.system)]]]
      )
      .adding("contents", contents(of: request))
      .adding(
        "tools",
        request.tools.isEmpty
          ? nil : [["functionDeclarations": .array(request.tools.map(declaration))]]
      )
      .adding(
        "generationConfig",
        request.reasoningEffort.map { ["thinkingConfig": thinking($0)] })
    let model =
      request.model.hasPrefix("models/") ? String(request.model.dropFirst(7)) : request.model
    let path = "/models/\(RequestAddress.escaped(model)):streamGenerateContent"
    let url = try RequestAddress.url(connection.baseURL, path: path)
    return Self.request(
      to: url + (url.contains("?") ? "&" : "?") + "alt=sse",
      // In a header, never in the URL: logs and proxies record URLs.
      headers: try keyHeader("x-goog-api-key", connection), body: body)
  }

  static func decoder(for request: ChatRequest) -> GeminiDecoder {
    GeminiDecoder(model: request.model)
  }

  /// The thinking configuration: a level since Gemini 3, a number of tokens before.
  ///
  /// https://ai.google.dev/gemini-api/docs/thinking
  private static func thinking(_ effort: String) -> JSONValue {
    .object(
      JSONObject()
        .adding("includeThoughts", true)
        .adding("thinkingBudget", Int(effort).map(JSONValue.integer))
        .adding("thinkingLevel", Int(effort) == nil ? .string(effort) : nil))
  }

  /// The conversation with the roles in turn: results of tools are the user's.
  private static func contents(of request: ChatRequest) -> JSONValue {
    var turns = RoleTurns()
    // The service's ids of calls, by our ids.
    var ids: [String: String] = [:]
    for message in request.messages {
      let role: String
      var parts: [JSONValue] = []
      switch message {
      case .user(let text):
        role = "user"
        parts = [["text": .string(text.orPlaceholder)]]
      case .agent(let text, let calls):
        role = "model"
        if !text.isEmpty { parts.append(["text": .string(text)]) }
        for call in calls {
          let state = CallState(state(of: call, for: request.model))
          ids[call.id] = state.id
          parts.append(part(call, state))
        }
      case .tool(let result):
        role = "user"
        parts = [part(result, id: ids[result.callID])]
      }
      turns.add(parts, by: role)
    }
    return turns.document(partsUnder: "parts")
  }

  private static func part(_ call: ToolCall, _ state: CallState) -> JSONValue {
    .object(
      JSONObject()
        .adding(
          "functionCall",
          .object(
            JSONObject()
              .adding("id", state.id.map(JSONValue.string))
              .adding("name", .string(call.name))
              .adding("args", .object(call.argumentsObject)))
        )
        .adding("thoughtSignature", state.thoughtSignature.map(JSONValue.string)))
  }

  /// A result, which answers by the name of the function; the response must be an object.
  private static func part(_ result: ToolResult, id: String?) -> JSONValue {
    let response: JSONObject =
      if case .object(let object) = result.content { object } else { ["result": result.content] }
    return [
      "functionResponse": .object(
        JSONObject()
          .adding("id", id.map(JSONValue.string))
          .adding("name", .string(result.name))
          .adding("response", .object(response)))
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

/// The service's data about a call.
struct CallState {
  /// The service's own id of the call; older models give none.
  var id: String?
  /// Required by Gemini 3 when the call is sent back.
  var thoughtSignature: String?

  init(_ part: JSONObject) {
    id = part.object("functionCall")?.text("id")
    thoughtSignature = part.text("thoughtSignature")
  }

  init(_ document: JSONValue?) {
    guard case .object(let object)? = document else { return }
    id = object.text("id")
    thoughtSignature = object.text("thought_signature")
  }

  /// The state as ``ModelState`` keeps it; `nil` if there is nothing to keep.
  var document: JSONValue? {
    guard id != nil || thoughtSignature != nil else { return nil }
    return .object(
      JSONObject()
        .adding("id", id.map(JSONValue.string))
        .adding("thought_signature", thoughtSignature.map(JSONValue.string)))
  }
}
