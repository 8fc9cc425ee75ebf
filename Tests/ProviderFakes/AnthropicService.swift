import EverrunsDocuments

/// Anthropic's Messages.
///
/// https://docs.anthropic.com/en/api/messages
enum AnthropicService {
  static func understand(_ body: JSONObject) throws -> Understood {
    try body.requireKeys(
      ["model", "max_tokens", "messages", "stream"],
      optional: ["system", "tools", "thinking", "output_config"], in: "the body")
    guard body["stream"] == true else { throw Complaint("this fake wants to stream") }
    var result = Understood(model: try body.requireText("model"))
    result.system = body.text("system") ?? ""
    guard let limit = body.integer("max_tokens"), limit > 0, limit <= 64_000 else {
      throw Complaint("max_tokens: must be between 1 and 64000 for \(result.model)")
    }
    try readThinking(body, limit: limit, &result)
    if body["tools"] != nil {
      result.tools = try requireUnique(
        try body.requireObjects("tools").map { try $0.requireFunction(schema: "input_schema") })
    }
    try readMessages(try body.requireObjects("messages"), &result)
    return result
  }

  /// Models from Claude 4.6 on think as much as they find right; those before want a number.
  private static func readThinking(
    _ body: JSONObject, limit: Int, _ result: inout Understood
  ) throws {
    guard let thinking = body.object("thinking") else {
      guard body["output_config"] == nil else { throw Complaint("output_config: not understood") }
      return
    }
    let isAdaptive = result.model.hasPrefix("claude-opus-4-7")
    switch try thinking.requireText("type") {
    case "adaptive" where isAdaptive:
      try thinking.requireKeys(["type"], optional: ["display"], in: "thinking")
      let configuration = try body.requireObject("output_config")
      try configuration.requireKeys(["effort"], in: "output_config")
      let effort = try configuration.requireText("effort")
      guard ["low", "medium", "high", "xhigh", "max"].contains(effort) else {
        throw Complaint("output_config.effort: Input should be 'low', 'medium', 'high'")
      }
      result.effort = effort
    case "enabled" where !isAdaptive:
      try thinking.requireKeys(["type", "budget_tokens"], in: "thinking")
      guard let budget = thinking.integer("budget_tokens"), budget >= 1024, budget < limit else {
        throw Complaint("`max_tokens` must be greater than `thinking.budget_tokens`")
      }
      result.effort = String(budget)
    case let type:
      throw Complaint("thinking.type: '\(type)' is not supported for this model")
    }
    result.reasons = true
  }

  private static func readMessages(
    _ messages: [JSONObject], _ result: inout Understood
  ) throws {
    var expectedRole = "user"
    var open: [String] = []
    var used: Set<String> = []
    for (index, message) in messages.enumerated() {
      try message.requireKeys(["role", "content"], in: "messages.\(index)")
      guard message["role"] == .string(expectedRole) else {
        throw Complaint("messages: roles must alternate between \"user\" and \"assistant\"")
      }
      expectedRole = expectedRole == "user" ? "assistant" : "user"
      let blocks = try message.requireObjects("content")
      guard !blocks.isEmpty else { throw Complaint("messages.\(index): content is empty") }
      if message["role"] == "user" {
        try readUser(blocks, answering: &open, &result)
      } else {
        try readAssistant(blocks, opening: &open, used: &used, &result)
      }
      guard open.isEmpty || message["role"] == "assistant" else {
        throw Complaint(
          "messages.\(index): `tool_use` ids were found without `tool_result` blocks immediately "
            + "after: \(open.joined(separator: ", ")).")
      }
    }
    guard open.isEmpty, expectedRole == "assistant" else {
      throw Complaint("This model does not support assistant message prefill.")
    }
    // Thinking that led to the calls whose results are here must be here too.
    if result.reasons, !result.results.isEmpty, messages.count >= 2,
      let first = messages[messages.count - 2].objects("content").first?.text("type"),
      !["thinking", "redacted_thinking"].contains(first)
    {
      throw Complaint("Expected `thinking` or `redacted_thinking`, but found `\(first)`.")
    }
  }

  private static func readUser(
    _ blocks: [JSONObject], answering open: inout [String], _ result: inout Understood
  ) throws {
    result.results = []
    var isAfterText = false
    for block in blocks {
      switch try block.requireText("type") {
      case "text":
        result.question = try readText(block)
        result.results = []
        isAfterText = true
      case "tool_result":
        try block.requireKeys(
          ["type", "tool_use_id", "content"], optional: ["is_error"], in: "a tool_result")
        let id = try block.requireText("tool_use_id")
        guard !isAfterText, let index = open.firstIndex(of: id) else {
          throw Complaint("unexpected `tool_use_id` found in `tool_result` blocks: \(id).")
        }
        open.remove(at: index)
        result.results.append(try block.requireText("content"))
      case let type: throw Complaint("Input tag '\(type)' found using 'type' is not expected")
      }
    }
  }

  private static func readAssistant(
    _ blocks: [JSONObject], opening open: inout [String], used: inout Set<String>,
    _ result: inout Understood
  ) throws {
    for block in blocks {
      switch try block.requireText("type") {
      case "text": _ = try readText(block)
      case "thinking":
        try block.requireKeys(["type", "thinking", "signature"], in: "thinking")
        guard block.text("signature") == seal(try block.requireText("thinking")) else {
          throw Complaint("Invalid `signature` in `thinking` block")
        }
      case "redacted_thinking":
        try block.requireKeys(["type", "data"], in: "redacted_thinking")
      case "tool_use":
        try block.requireKeys(["type", "id", "name", "input"], in: "a tool_use")
        let id = try block.requireText("id")
        guard id.wholeMatch(of: #/[a-zA-Z0-9_-]+/#) != nil else {
          throw Complaint("tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'")
        }
        guard used.insert(id).inserted else { throw Complaint("`tool_use` ids must be unique") }
        _ = try block.requireObject("input")
        open.append(id)
        result.callCount += 1
      case let type: throw Complaint("Input tag '\(type)' found using 'type' is not expected")
      }
    }
  }

  private static func readText(_ block: JSONObject) throws -> String {
    try block.requireKeys(["type", "text"], in: "a text")
    let text = try block.requireText("text")
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Complaint("messages: text content blocks must contain non-whitespace text")
    }
    return text
  }

  static func events(
    _ reply: Reply, to request: Understood, _ form: Manner.Form
  ) -> [StreamEvent] {
    var stream = Stream(form: form)
    stream.send(
      "message_start",
      [
        "message": [
          "id": "msg_1", "type": "message", "role": "assistant", "model": .string(request.model),
          "content": [], "stop_reason": nil, "stop_sequence": nil,
          "usage": [
            "input_tokens": .integer(Reply.usage.input - 5), "cache_creation_input_tokens": 2,
            "cache_read_input_tokens": 3, "output_tokens": 1,
          ],
        ]
      ])
    stream.send("ping", [:])
    if request.reasons, request.results.isEmpty {
      stream.block(
        ["type": "thinking", "thinking": "", "signature": ""],
        Reply.thoughts.map { ["type": "thinking_delta", "thinking": .string($0)] } + [
          ["type": "signature_delta", "signature": .string(seal(Reply.thoughts.joined()))]
        ])
      stream.block(["type": "redacted_thinking", "data": "c2VjcmV0"], [])
    }
    if !reply.text.isEmpty {
      let pieces = form == .whole ? [] : reply.text
      stream.block(
        ["type": "text", "text": .string(form == .whole ? reply.text.joined() : "")],
        pieces.map { ["type": "text_delta", "text": .string($0)] })
    }
    for (index, call) in reply.calls.enumerated() {
      let arguments = JSONValue.object(call.arguments).canonicalJSON
      let pieces =
        switch form {
        case .argumentsInPieces: arguments.map(String.init)
        case .whole: [arguments]
        case .documented, .stopAfterCalls, .emptyDeltas: halves(arguments)
        }
      stream.block(
        [
          "type": "tool_use", "id": .string("toolu_\(request.callCount + index + 1)"),
          "name": .string(call.name), "input": [:],
        ], pieces.map { ["type": "input_json_delta", "partial_json": .string($0)] })
    }
    let reason = reply.calls.isEmpty || form == .stopAfterCalls ? "end_turn" : "tool_use"
    stream.send(
      "message_delta",
      [
        "delta": ["stop_reason": .string(reason), "stop_sequence": nil],
        "usage": ["output_tokens": .integer(Reply.usage.output)],
      ])
    stream.send("message_stop", [:])
    return stream.events
  }

  private struct Stream {
    let form: Manner.Form
    var events: [StreamEvent] = []
    private var index = 0

    init(form: Manner.Form) {
      self.form = form
    }

    mutating func block(_ start: JSONObject, _ deltas: [JSONObject]) {
      send(
        "content_block_start", ["index": .integer(index), "content_block": .object(start)])
      for delta in deltas {
        if form == .emptyDeltas {
          send("ping", [:])
          let empty = delta.members.map { member in
            JSONObject.Member(key: member.key, value: member.key == "type" ? member.value : "")
          }
          send(
            "content_block_delta",
            ["index": .integer(index), "delta": .object(JSONObject(empty))])
        }
        send("content_block_delta", ["index": .integer(index), "delta": .object(delta)])
      }
      send("content_block_stop", ["index": .integer(index)])
      index += 1
    }

    mutating func send(_ type: String, _ data: JSONObject) {
      events.append(
        StreamEvent(
          type,
          JSONObject([JSONObject.Member(key: "type", value: .string(type))] + data.members)))
    }
  }
}
