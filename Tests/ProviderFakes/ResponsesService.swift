import EverrunsDocuments

/// OpenAI's Responses.
///
/// https://platform.openai.com/docs/api-reference/responses
///
/// Models whose name begins with `gpt-5` reason; others refuse everything about it.
enum ResponsesService {
  static func understand(_ body: JSONObject) throws -> Understood {
    try body.requireKeys(
      ["model", "input", "store", "stream"],
      optional: ["instructions", "tools", "reasoning", "include"], in: "the body")
    guard body["stream"] == true, body["store"] == false else {
      throw Complaint("this fake wants to stream, and keeps nothing")
    }
    var result = Understood(model: try body.requireText("model"))
    result.system = body.text("instructions") ?? ""
    result.reasons = result.model.hasPrefix("gpt-5")
    if let reasoning = body["reasoning"] {
      guard result.reasons, case .object(let reasoning) = reasoning else {
        throw Complaint("Unsupported parameter: 'reasoning.effort' with this model.")
      }
      try reasoning.requireKeys(["effort"], in: "reasoning")
      result.effort = try reasoning.requireText("effort")
    }
    if let include = body["include"] {
      guard result.reasons, include == ["reasoning.encrypted_content"] else {
        throw Complaint("Encrypted content is not supported with this model.")
      }
    }
    if body["tools"] != nil {
      result.tools = try requireUnique(
        try body.requireObjects("tools").map { tool in
          guard tool["type"] == "function", tool["strict"] == false else {
            throw Complaint("this fake knows functions that are not strict")
          }
          return try tool.requireFunction(schema: "parameters", optional: ["type", "strict"])
        })
    }
    try readInput(try body.requireObjects("input"), &result)
    return result
  }

  private static func readInput(_ items: [JSONObject], _ result: inout Understood) throws {
    var open: [String] = []
    var isAfterReasoning = false
    for item in items {
      let type = try item.requireText("type")
      guard !isAfterReasoning || ["reasoning", "message", "function_call"].contains(type) else {
        throw Complaint("a reasoning item was provided without its required following item")
      }
      isAfterReasoning = type == "reasoning"
      switch type {
      case "message":
        try item.requireKeys(["type", "role", "content"], in: "a message")
        guard open.isEmpty || item["role"] == "assistant" else { throw missingOutput(open) }
        let isUser = item["role"] == "user"
        for part in try item.requireObjects("content") {
          try part.requireKeys(["type", "text"], in: "a part")
          guard part["type"] == (isUser ? "input_text" : "output_text") else {
            throw Complaint("Invalid value: '\(part["type"] ?? .null)'")
          }
          if isUser { result.question = try part.requireText("text") }
        }
        if isUser { result.results = [] }
      case "reasoning":
        guard result.reasons else { throw Complaint("Unsupported item: reasoning") }
        try item.requireKeys(
          ["type", "id", "summary", "encrypted_content"], optional: ["status"], in: "reasoning")
        guard item.text("encrypted_content") == seal(try item.requireText("id")) else {
          throw Complaint("The encrypted content could not be verified.")
        }
      case "function_call":
        try item.requireKeys(["type", "call_id", "name", "arguments"], in: "a call")
        try requireArguments(try item.requireText("arguments"))
        let id = try item.requireText("call_id")
        guard id.count <= 64 else {
          throw Complaint("string too long. Expected a string with maximum length 64")
        }
        open.append(id)
        result.callCount += 1
        result.results = []
      case "function_call_output":
        try item.requireKeys(["type", "call_id", "output"], in: "an output")
        let id = try item.requireText("call_id")
        guard let index = open.firstIndex(of: id) else {
          throw Complaint("No tool call found for function call output with call_id \(id).")
        }
        open.remove(at: index)
        result.results.append(try item.requireText("output"))
      default: throw Complaint("Invalid value: '\(type)'")
      }
    }
    guard open.isEmpty else { throw missingOutput(open) }
    guard !items.isEmpty else { throw Complaint("there is nothing to answer") }
  }

  private static func missingOutput(_ ids: [String]) -> Complaint {
    Complaint("No tool output found for function call \(ids.joined(separator: ", ")).")
  }

  static func events(
    _ reply: Reply, to request: Understood, _ form: Manner.Form
  ) -> [StreamEvent] {
    var stream = Stream(request: request, form: form)
    stream.begin()
    if request.reasons { stream.reason() }
    if !reply.text.isEmpty { stream.say(reply.text) }
    for call in reply.calls {
      stream.call(call)
    }
    stream.end()
    return stream.events
  }

  /// The events of a response, numbered.
  private struct Stream {
    let request: Understood
    let form: Manner.Form
    var events: [StreamEvent] = []
    private var output: [JSONObject] = []
    private var callCount = 0

    init(request: Understood, form: Manner.Form) {
      self.request = request
      self.form = form
    }

    mutating func begin() {
      for type in ["response.created", "response.in_progress"] {
        send(type, ["response": .object(response(status: "in_progress", usage: nil))])
      }
    }

    mutating func reason() {
      let id = "rs_\(request.callCount)"
      var item: JSONObject = ["id": .string(id), "type": "reasoning", "summary": []]
      send("response.output_item.added", at(["item": .object(item)]))
      for piece in form == .whole ? [] : Reply.thoughts {
        send(
          "response.reasoning_summary_text.delta",
          at(["item_id": .string(id), "summary_index": 0, "delta": .string(piece)]))
      }
      item["summary"] = [["type": "summary_text", "text": .string(Reply.thoughts.joined())]]
      if request.effort != nil { item["encrypted_content"] = .string(seal(id)) }
      finish(item)
    }

    mutating func say(_ pieces: [String]) {
      let place: JSONObject = ["item_id": "msg_1", "content_index": 0]
      var item: JSONObject = [
        "id": "msg_1", "type": "message", "status": "in_progress", "role": "assistant",
        "content": [],
      ]
      send("response.output_item.added", at(["item": .object(item)]))
      if form != .whole {
        send(
          "response.content_part.added",
          at(place.adding("part", ["type": "output_text", "text": "", "annotations": []])))
        for piece in pieces {
          send("response.output_text.delta", at(place.adding("delta", .string(piece))))
          if form == .emptyDeltas {
            send("response.output_text.delta", at(place.adding("delta", "")))
          }
        }
        send("response.output_text.done", at(place.adding("text", .string(pieces.joined()))))
      }
      item["status"] = "completed"
      item["content"] = [
        ["type": "output_text", "text": .string(pieces.joined()), "annotations": []]
      ]
      finish(item)
    }

    mutating func call(_ call: Reply.Call) {
      callCount += 1
      let number = request.callCount + callCount
      let arguments = JSONValue.object(call.arguments).canonicalJSON
      var item: JSONObject = [
        "id": .string("fc_\(number)"), "type": "function_call", "status": "in_progress",
        "arguments": "", "call_id": .string("call_\(number)"), "name": .string(call.name),
      ]
      send("response.output_item.added", at(["item": .object(item)]))
      if form != .whole {
        let pieces = form == .argumentsInPieces ? arguments.map(String.init) : halves(arguments)
        for piece in pieces {
          send(
            "response.function_call_arguments.delta",
            at(["item_id": .string("fc_\(number)"), "delta": .string(piece)]))
        }
        send(
          "response.function_call_arguments.done",
          at(["item_id": .string("fc_\(number)"), "arguments": .string(arguments)]))
      }
      item["status"] = "completed"
      item["arguments"] = .string(arguments)
      finish(item)
    }

    mutating func end() {
      let usage: JSONObject = [
        "input_tokens": .integer(Reply.usage.input),
        "input_tokens_details": ["cached_tokens": 0],
        "output_tokens": .integer(Reply.usage.output),
        "output_tokens_details": ["reasoning_tokens": 0],
        "total_tokens": .integer(Reply.usage.input + Reply.usage.output),
      ]
      send(
        "response.completed", ["response": .object(response(status: "completed", usage: usage))])
    }

    private mutating func finish(_ item: JSONObject) {
      // Servers that stream nothing have the items in the whole response alone.
      if form != .whole { send("response.output_item.done", at(["item": .object(item)])) }
      output.append(item)
    }

    private func at(_ data: JSONObject) -> JSONObject {
      data.adding("output_index", .integer(output.count))
    }

    private mutating func send(_ type: String, _ data: JSONObject) {
      var object: JSONObject = [
        "type": .string(type), "sequence_number": .integer(events.count),
      ]
      for member in data.members { object[member.key] = member.value }
      events.append(StreamEvent(type, object))
    }

    private func response(status: String, usage: JSONObject?) -> JSONObject {
      [
        "id": "resp_1", "object": "response", "created_at": 1, "status": .string(status),
        "error": nil, "incomplete_details": nil, "model": .string(request.model),
        "output": .array(output.map(JSONValue.object)), "parallel_tool_calls": true,
        "store": false, "usage": usage.map(JSONValue.object) ?? .null,
      ]
    }
  }
}
