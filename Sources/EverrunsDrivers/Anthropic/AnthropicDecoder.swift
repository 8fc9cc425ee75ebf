import Everruns
import EverrunsDocuments

/// Reads the events of a message.
struct AnthropicDecoder: AnswerDecoder {
  private let model: String
  /// The open blocks, by index; the text of each is in the field of its type.
  private var blocks: [Int: JSONObject] = [:]
  /// The complete blocks since the last call.
  private var before: [JSONObject] = []
  private var usage = TokenUsage.zero
  private var finish: FinishReason?
  private var responseID: String?

  init(model: String) {
    self.model = model
  }

  mutating func decode(_ event: ServerSentEvent) throws(ChatFailure) -> [ChatEvent] {
    let data = try AnswerData.object(of: event)
    let index = data.integer("index") ?? 0
    switch data.text("type") ?? event.type {
    case "message_start":
      let message = data.object("message") ?? [:]
      responseID = message.text("id")
      return message.object("usage").map { update($0) } ?? []
    case "content_block_start":
      var block = data.object("content_block") ?? [:]
      // The arguments come as text, after an empty object.
      if block["type"] == "tool_use" { block["input"] = "" }
      blocks[index] = block
      return block["type"] == "text" ? block.piece("text", ChatEvent.text) : []
    case "content_block_delta":
      return read(data.object("delta") ?? [:], index: index)
    case "content_block_stop":
      return end(blocks.removeValue(forKey: index) ?? [:])
    case "message_delta":
      if let word = data.object("delta")?.text("stop_reason") { finish = Self.reason(word) }
      return data.object("usage").map { update($0) } ?? []
    case "message_stop":
      finish = finish ?? .stop
      return end()
    case "error":
      throw AnswerData.failure(in: data)
    default:
      // `ping`, and events that newer versions of the service add.
      return []
    }
  }

  mutating func end() -> [ChatEvent] {
    guard let finish else { return [] }
    return [.finished(finish, responseID: responseID)]
  }

  private mutating func read(_ delta: JSONObject, index: Int) -> [ChatEvent] {
    switch delta.text("type") {
    case "text_delta"?:
      append(delta.text("text"), to: "text", index)
      return delta.piece("text", ChatEvent.text)
    case "thinking_delta"?:
      append(delta.text("thinking"), to: "thinking", index)
      return delta.piece("thinking", ChatEvent.reasoning)
    case "signature_delta"?:
      append(delta.text("signature"), to: "signature", index)
      return []
    case "input_json_delta"?:
      append(delta.text("partial_json"), to: "input", index)
      return []
    default: return []
    }
  }

  private mutating func append(_ piece: String?, to key: String, _ index: Int) {
    guard let piece, var block = blocks[index] else { return }
    block[key] = .string((block.text(key) ?? "") + piece)
    blocks[index] = block
  }

  /// Takes a complete block: a call, or what came before one.
  private mutating func end(_ block: JSONObject) -> [ChatEvent] {
    switch block.text("type") {
    case "tool_use"?:
      // The service checks the signature over thoughts and what is between them.
      let hasThoughts = before.contains { $0["type"] != "text" }
      let signature =
        hasThoughts
        ? AnthropicFormat.signature(.array(before.map(JSONValue.object)), from: model) : nil
      before = []
      return [
        .call(
          ToolCall(
            id: block.text("id") ?? "", name: block.text("name") ?? "",
            argumentsText: block.text("input") ?? "", signature: signature))
      ]
    case "thinking"?, "redacted_thinking"?:
      before.append(block)
    case "text"? where block.text("text")?.contains { !$0.isWhitespace } == true:
      before.append(["type": "text", "text": block["text"] ?? ""])
    default: break
    }
    return []
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
    case "max_tokens", "model_context_window_exceeded": .length
    case "refusal": .contentFilter
    default: .other(word)
    }
  }
}
