import Everruns
import EverrunsDocuments

/// Anthropic's Messages: `POST /messages`.
///
/// https://docs.anthropic.com/en/api/messages
enum AnthropicFormat: WireFormat {
  /// The version of the format; a header that every request must have.
  private static let version = "2023-06-01"
  /// The greatest length of an answer, which every request must name; all models allow it.
  private static let maximumTokens = 4096

  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest {
    let body = JSONObject()
      .adding("model", .string(request.model))
      .adding("max_tokens", .integer(maximumTokens))
      .adding("system", request.system.isEmpty ? nil : .string(request.system))
      .adding("messages", .array(messages(request.messages).map(JSONValue.object)))
      .adding("tools", request.tools.isEmpty ? nil : .array(request.tools.map(tool)))
      .adding("stream", true)
    return Self.request(
      to: try RequestAddress.url(connection.baseURL, path: "/messages"),
      headers: try keyHeader("x-api-key", connection)
        + [TransportHeader("anthropic-version", version)], body: body)
  }

  static func decoder() -> AnthropicDecoder { AnthropicDecoder() }

  /// The conversation with the roles in turn: results of tools are the user's, and what one role
  /// says in a row is one message.
  private static func messages(_ messages: [ChatMessage]) -> [JSONObject] {
    var ids = CallIDs()
    var turns: [(role: String, blocks: [JSONValue])] = []
    for message in messages {
      let role: String
      var blocks: [JSONValue] = []
      switch message {
      case .user(let text):
        role = "user"
        blocks = [block(text)]
      case .agent(let text, let calls):
        role = "assistant"
        if text.contains(where: { !$0.isWhitespace }) { blocks.append(block(text)) }
        for call in calls {
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
      if turns.last?.role == role {
        turns[turns.count - 1].blocks += blocks
      } else {
        turns.append((role, blocks))
      }
    }
    return turns.map { ["role": .string($0.role), "content": .array($0.blocks)] }
  }

  /// A block of text; one without any letter is refused by the service.
  private static func block(_ text: String) -> JSONValue {
    let isBlank = text.allSatisfy(\.isWhitespace)
    return ["type": "text", "text": .string(isBlank ? "(empty)" : text)]
  }

  private static func tool(_ tool: ToolSpecification) -> JSONValue {
    [
      "name": .string(tool.name), "description": .string(tool.description),
      "input_schema": .object(tool.parameters),
    ]
  }
}

/// The ids of calls as the service wants them: `[a-zA-Z0-9_-]+`, each once in a conversation.
///
/// A conversation that another provider began may have others.
private struct CallIDs {
  private var used: Set<String> = []
  private var open: [String: String] = [:]

  /// The id to send for a call.
  mutating func begin(_ id: String) -> String {
    let allowed = id.utf8.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        byte
      default: UInt8(ascii: "_")
      }
    }
    var candidate = allowed.isEmpty ? "call" : String(decoding: allowed, as: UTF8.self)
    while !used.insert(candidate).inserted {
      candidate += "_"
    }
    open[id] = candidate
    return candidate
  }

  /// The id to send for the result of the last call of an id.
  func end(_ id: String) -> String { open[id] ?? id }
}

/// Reads the events of a message.
struct AnthropicDecoder: AnswerDecoder {
  private var calls: [Int: (id: String, name: String, arguments: String)] = [:]
  private var usage = TokenUsage.zero
  private var finish: FinishReason?
  private var responseID: String?
  private var isDone = false

  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
    guard !isDone else { return [] }
    let data = try AnswerData.object(of: event)
    switch data.text("type") ?? event.type {
    case "message_start":
      let message = data.object("message") ?? [:]
      responseID = message.text("id")
      return message.object("usage").map { update($0) } ?? []
    case "content_block_start":
      return begin(data.object("content_block") ?? [:], index: data.integer("index") ?? 0)
    case "content_block_delta":
      return read(data.object("delta") ?? [:], index: data.integer("index") ?? 0)
    case "content_block_stop":
      guard let call = calls.removeValue(forKey: data.integer("index") ?? 0) else { return [] }
      return [.call(ToolCall(id: call.id, name: call.name, argumentsText: call.arguments))]
    case "message_delta":
      if let word = data.object("delta")?.text("stop_reason") { finish = Self.reason(word) }
      return data.object("usage").map { update($0) } ?? []
    case "message_stop":
      finish = finish ?? .stop
      return end()
    case "error":
      throw ProviderError(.object(data))?.failureInStream
        ?? .transient("the provider broke off its answer")
    default:
      // `ping`, and events that newer versions of the service add.
      return []
    }
  }

  mutating func end() -> [ChatEvent] {
    guard let finish, !isDone else { return [] }
    isDone = true
    return [.finished(finish, responseID: responseID)]
  }

  private mutating func begin(_ block: JSONObject, index: Int) -> [ChatEvent] {
    switch block.text("type") {
    case "tool_use"?:
      calls[index] = (block.text("id") ?? "", block.text("name") ?? "", "")
      return []
    case "text"?:
      return block.text("text").flatMap { $0.isEmpty ? nil : [.text($0)] } ?? []
    default: return []
    }
  }

  private mutating func read(_ delta: JSONObject, index: Int) -> [ChatEvent] {
    switch delta.text("type") {
    case "text_delta"?:
      return delta.text("text").flatMap { $0.isEmpty ? nil : [.text($0)] } ?? []
    case "thinking_delta"?:
      return delta.text("thinking").flatMap { $0.isEmpty ? nil : [.reasoning($0)] } ?? []
    case "input_json_delta"?:
      calls[index]?.arguments += delta.text("partial_json") ?? ""
      return []
    default: return []
    }
  }

  /// The usage so far: each event repeats what it knows, and output is a running total.
  private mutating func update(_ object: JSONObject) -> [ChatEvent] {
    let input = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"]
      .compactMap { object.integer($0) }
    let read = input.reduce(TokenUsage.zero) { $0 + TokenUsage(inputTokens: $1) }.inputTokens
    usage = TokenUsage(
      inputTokens: max(usage.inputTokens, read),
      outputTokens: object.integer("output_tokens") ?? usage.outputTokens)
    return [.usage(usage)]
  }

  private static func reason(_ word: String) -> FinishReason {
    switch word {
    case "end_turn", "stop_sequence": .stop
    case "tool_use": .toolCalls
    case "max_tokens": .length
    case "refusal": .contentFilter
    default: .other(word)
    }
  }
}
