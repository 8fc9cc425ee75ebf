import Everruns
import EverrunsDocuments

/// OpenAI's Chat Completions, as many servers speak it: `POST /chat/completions`.
///
/// https://platform.openai.com/docs/api-reference/chat
enum ChatCompletionsFormat: WireFormat {
  static let name = "chat_completions"
  /// The maximum length of a call's id.
  private static let idLimit = 40

  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest {
    let body = JSONObject()
      .adding("model", .string(request.model))
      .adding("messages", .array(messages(of: request).map(JSONValue.object)))
      .adding("tools", request.tools.isEmpty ? nil : .array(request.tools.map(tool)))
      .adding("reasoning_effort", request.reasoningEffort.map(JSONValue.string))
      .adding("stream", true)
      .adding("stream_options", ["include_usage": true])
    return Self.request(
      to: try RequestAddress.url(connection.baseURL, path: "/chat/completions"),
      headers: try keyHeader("authorization", prefix: "Bearer ", connection), body: body)
  }

  static func decoder(for request: ChatRequest) -> ChatCompletionsDecoder {
    ChatCompletionsDecoder(model: request.model)
  }

  /// The conversation, with consecutive user messages merged: the chat templates of some models
  /// require alternating roles.
  private static func messages(of request: ChatRequest) -> [JSONObject] {
    var ids = CallIDs(limit: idLimit)
    var messages: [JSONObject] =
      request.system.isEmpty ? [] : [["role": "system", "content": .string(request.system)]]
    for message in request.messages {
      switch message {
      case .user(let text):
        let said = messages.last.flatMap { $0["role"] == "user" ? $0.text("content") : nil }
        if let said {
          messages[messages.count - 1]["content"] = .string(said + "\n\n" + text)
        } else {
          messages.append(["role": "user", "content": .string(text)])
        }
      case .agent(let text, let calls):
        messages.append(
          JSONObject()
            .adding("role", "assistant")
            .adding("content", text.isEmpty ? .null : .string(text))
            .adding("reasoning_content", calls.first.flatMap { state(of: $0, for: request.model) })
            .adding(
              "tool_calls",
              calls.isEmpty ? nil : .array(calls.map { call($0, id: ids.begin($0.id)) })))
      case .tool(let result):
        messages.append([
          "role": "tool", "tool_call_id": .string(ids.end(result.callID)),
          "content": .string(result.text),
        ])
      }
    }
    return messages
  }

  private static func call(_ call: ToolCall, id: String) -> JSONValue {
    [
      "id": .string(id), "type": "function",
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
