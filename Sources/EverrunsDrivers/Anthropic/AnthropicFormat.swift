import Everruns
import EverrunsDocuments

/// Anthropic's Messages: `POST /messages`.
///
/// https://docs.anthropic.com/en/api/messages
enum AnthropicFormat: WireFormat {
  static let name = "anthropic_messages"
  /// The version of the format; a header that every request must have.
  private static let version = "2023-06-01"

  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest {
    let thinking = Thinking(request.reasoningEffort)
    let limit = answerLimit(of: request.model)
    let body = JSONObject()
      .adding("model", .string(request.model))
      .adding("max_tokens", .integer(limit + (thinking?.budget ?? 0)))
      .adding("system", request.system.isEmpty ? nil : .string(request.system))
      .adding("messages", messages(of: request))
      .adding("tools", request.tools.isEmpty ? nil : .array(request.tools.map(tool)))
      .adding("thinking", thinking?.parameter)
      .adding("output_config", thinking?.outputConfiguration)
      .adding("stream", true)
    return Self.request(
      to: try RequestAddress.url(connection.baseURL, path: "/messages"),
      headers: try keyHeader("x-api-key", connection)
        + [TransportHeader("anthropic-version", version)], body: body)
  }

  static func decoder(for request: ChatRequest) -> AnthropicDecoder {
    AnthropicDecoder(model: request.model)
  }

  /// The maximum number of tokens in an answer, which every request must state: the limit that all
  /// models of a generation allow, or a low one for other servers of the format.
  private static func answerLimit(of model: String) -> Int {
    if model.hasPrefix("claude-3") { return 4096 }
    return model.hasPrefix("claude-") ? 32_000 : 8192
  }

  /// The conversation with the roles in turn: results of tools are the user's.
  private static func messages(of request: ChatRequest) -> JSONValue {
    var ids = CallIDs()
    var turns = RoleTurns()
    for message in request.messages {
      let role: String
      var blocks: [JSONValue] = []
      switch message {
      case .user(let text):
        role = "user"
        blocks = [block(text.orPlaceholder)]
      case .agent(let text, let calls):
        role = "assistant"
        let thoughts = calls.map { state(of: $0, for: request.model) }
        // With thoughts comes the text between them: the order of all must not change.
        if thoughts.allSatisfy({ $0 == nil }), text.contains(where: { !$0.isWhitespace }) {
          blocks.append(block(text))
        }
        for (call, thoughts) in zip(calls, thoughts) {
          if case .array(let before)? = thoughts { blocks += before }
          blocks.append([
            "type": "tool_use", "id": .string(ids.begin(call.id)), "name": .string(call.name),
            "input": .object(call.argumentsObject),
          ])
        }
      case .tool(let result):
        role = "user"
        var block: JSONObject = [
          "type": "tool_result", "tool_use_id": .string(ids.end(result.callID)),
          "content": .string(result.text),
        ]
        block["is_error"] = result.isError ? true : nil
        blocks = [.object(block)]
      }
      guard !blocks.isEmpty else { continue }
      turns.add(blocks, by: role)
    }
    return turns.document(partsUnder: "content")
  }

  private static func block(_ text: String) -> JSONValue {
    ["type": "text", "text": .string(text)]
  }

  private static func tool(_ tool: ToolSpecification) -> JSONValue {
    [
      "name": .string(tool.name), "description": .string(tool.description),
      "input_schema": .object(tool.parameters),
    ]
  }
}

/// The thinking budget of a request.
///
/// https://platform.claude.com/docs/en/build-with-claude/thinking
private enum Thinking {
  /// The model's choice for an effort such as `low`.
  case adaptive(effort: String)
  /// A maximum number of tokens, as models before Claude 4.6 require.
  case tokens(Int)

  init?(_ effort: String?) {
    guard let effort else { return nil }
    self = Int(effort).map { .tokens(min(max($0, 1024), 1 << 20)) } ?? .adaptive(effort: effort)
  }

  /// The tokens that thinking takes from the answer.
  var budget: Int {
    switch self {
    case .adaptive: 0
    case .tokens(let count): count
    }
  }

  var parameter: JSONValue {
    switch self {
    // Newer models stream no thinking unless they are asked to.
    case .adaptive: ["type": "adaptive", "display": "summarized"]
    case .tokens(let count): ["type": "enabled", "budget_tokens": .integer(count)]
    }
  }

  var outputConfiguration: JSONValue? {
    switch self {
    case .adaptive(let effort): ["effort": .string(effort)]
    case .tokens: nil
    }
  }
}
