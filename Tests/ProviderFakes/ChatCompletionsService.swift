import EverrunsDocuments

/// OpenAI's Chat Completions.
///
/// https://platform.openai.com/docs/api-reference/chat
///
/// Models whose name begins with `deepseek` reason, and refuse calls that come back without it:
/// https://api-docs.deepseek.com/guides/thinking_mode. All others refuse the key that it is under.
enum ChatCompletionsService {
  static func understand(_ body: JSONObject) throws -> Understood {
    try body.requireKeys(
      ["model", "messages", "stream", "stream_options"], optional: ["tools", "reasoning_effort"],
      in: "the body")
    guard body["stream"] == true, body["stream_options"] == ["include_usage": true] else {
      throw Complaint("this fake wants to stream, and to be asked for the usage")
    }
    var result = Understood(model: try body.requireText("model"))
    result.reasons = result.model.hasPrefix("deepseek")
    result.effort = body.text("reasoning_effort")
    if let effort = result.effort,
      !["none", "minimal", "low", "medium", "high", "xhigh"].contains(effort)
    {
      throw Complaint("Invalid value: '\(effort)' for 'reasoning_effort'")
    }
    if body["tools"] != nil {
      let tools = try body.requireObjects("tools")
      guard !tools.isEmpty else { throw Complaint("[] is too short - 'tools'") }
      result.tools = try requireUnique(
        tools.map { tool in
          try tool.requireKeys(["type", "function"], in: "a tool")
          guard tool["type"] == "function" else { throw Complaint("Invalid value for 'type'") }
          return try tool.requireObject("function").requireFunction(
            schema: "parameters", optional: ["strict"])
        })
    }
    let messages = try body.requireObjects("messages")
    guard !messages.isEmpty else { throw Complaint("[] is too short - 'messages'") }
    var open: [String] = []
    for (index, message) in messages.enumerated() {
      let role = try message.requireText("role")
      guard role == "tool" || open.isEmpty else {
        throw Complaint(
          "An assistant message with 'tool_calls' must be followed by tool messages responding to "
            + "each 'tool_call_id'. The following did not have response messages: "
            + open.joined(separator: ", "))
      }
      switch role {
      case "system":
        try message.requireKeys(["role", "content"], in: "a system message")
        guard index == 0 else { throw Complaint("a system message that is not the first one") }
        result.system = try message.requireText("content")
      case "user":
        try message.requireKeys(["role", "content"], in: "a user message")
        // Templates of local models raise an error: "Conversation roles must alternate".
        guard index == 0 || messages[index - 1]["role"] != "user" else {
          throw Complaint("Conversation roles must alternate user/assistant")
        }
        result.question = try message.requireText("content")
        result.results = []
      case "assistant":
        let calls = try readAssistant(message, isReasoning: result.reasons)
        open = calls
        result.callCount += calls.count
        result.results = []
      case "tool":
        try message.requireKeys(["role", "tool_call_id", "content"], in: "a tool message")
        let id = try message.requireText("tool_call_id")
        guard let index = open.firstIndex(of: id) else {
          throw Complaint(
            "messages with role 'tool' must be a response to a preceding message with 'tool_calls'")
        }
        open.remove(at: index)
        result.results.append(try message.requireText("content"))
      default: throw Complaint("Invalid value: '\(role)'")
      }
    }
    guard open.isEmpty, messages.last?["role"] != "assistant" else {
      throw Complaint("there is nothing to answer")
    }
    return result
  }

  /// Checks a message of the model's.
  ///
  /// - Returns: the ids of its calls.
  private static func readAssistant(_ message: JSONObject, isReasoning: Bool) throws -> [String] {
    try message.requireKeys(
      ["role", "content"], optional: ["tool_calls"] + (isReasoning ? ["reasoning_content"] : []),
      in: "an assistant message")
    guard message["tool_calls"] != nil else {
      _ = try message.requireText("content")
      return []
    }
    let calls = try message.requireObjects("tool_calls")
    guard !calls.isEmpty else { throw Complaint("[] is too short - 'tool_calls'") }
    guard !isReasoning || message["reasoning_content"] == .string(Reply.thoughts.joined()) else {
      throw Complaint("The reasoning_content in the thinking mode must be passed back to the API.")
    }
    return try calls.map { call in
      try call.requireKeys(["id", "type", "function"], in: "a call")
      let function = try call.requireObject("function")
      try function.requireKeys(["name", "arguments"], in: "a function")
      try requireArguments(try function.requireText("arguments"))
      let id = try call.requireText("id")
      guard id.count <= 40 else {
        throw Complaint("string too long. Expected a string with maximum length 40")
      }
      return id
    }
  }

  static func events(
    _ reply: Reply, to request: Understood, _ form: Manner.Form
  ) -> [StreamEvent] {
    var events: [StreamEvent] = []
    let chunk = { (delta: JSONObject, finish: String?) -> StreamEvent in
      StreamEvent([
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1,
        "model": .string(request.model), "service_tier": "default",
        "choices": [
          [
            "index": 0, "delta": .object(delta), "logprobs": nil,
            "finish_reason": finish.map(JSONValue.string) ?? .null,
          ]
        ], "usage": nil,
      ])
    }
    let calls = reply.calls.enumerated().map { index, call in
      Call(
        index: index, id: "call_\(request.callCount + index + 1)", name: call.name,
        arguments: JSONValue.object(call.arguments).canonicalJSON)
    }
    let finish = calls.isEmpty || form == .stopAfterCalls ? "stop" : "tool_calls"
    if form == .whole {
      var message: JSONObject = ["role": "assistant", "content": .string(reply.text.joined())]
      if request.reasons { message["reasoning_content"] = .string(Reply.thoughts.joined()) }
      if !calls.isEmpty {
        message["tool_calls"] = .array(calls.map { .object($0.begin(whole: true)) })
      }
      events.append(chunk(message, finish))
    } else {
      events.append(chunk(["role": "assistant", "content": "", "refusal": nil], nil))
      if request.reasons {
        events += Reply.thoughts.map { chunk(["reasoning_content": .string($0)], nil) }
      }
      events += reply.text.map { chunk(["content": .string($0)], nil) }
      for call in calls {
        events.append(chunk(["tool_calls": [.object(call.begin(whole: false))]], nil))
        let pieces =
          form == .argumentsInPieces ? call.arguments.map(String.init) : halves(call.arguments)
        events += pieces.map { piece in
          chunk(
            [
              "tool_calls": [
                ["index": .integer(call.index), "function": ["arguments": .string(piece)]]
              ]
            ],
            nil)
        }
      }
      events.append(chunk([:], finish))
    }
    if form == .emptyDeltas {
      let empty = [chunk([:], nil), chunk(["content": nil, "tool_calls": nil], nil)]
      events = events.flatMap { empty + [$0] }
    }
    // The usage comes in a chunk of its own, without a choice.
    events.append(
      StreamEvent([
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1,
        "model": .string(request.model), "choices": [],
        "usage": [
          "prompt_tokens": .integer(Reply.usage.input),
          "completion_tokens": .integer(Reply.usage.output),
          "total_tokens": .integer(Reply.usage.input + Reply.usage.output),
          "completion_tokens_details": ["reasoning_tokens": 0],
        ],
      ]))
    return events + [.done]
  }

  private struct Call {
    var index: Int
    var id: String
    var name: String
    var arguments: String

    func begin(whole: Bool) -> JSONObject {
      [
        "index": .integer(index), "id": .string(id), "type": "function",
        "function": ["name": .string(name), "arguments": .string(whole ? arguments : "")],
      ]
    }
  }
}

/// A text in two pieces, cut between characters.
func halves(_ text: String) -> [String] {
  let half = text.count / 2
  return [String(text.prefix(half)), String(text.dropFirst(half))]
}
