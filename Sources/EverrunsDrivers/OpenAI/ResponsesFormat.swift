import Everruns
import EverrunsDocuments

/// OpenAI's Responses: `POST /responses`.
///
/// https://platform.openai.com/docs/api-reference/responses
enum ResponsesFormat: WireFormat {
  static let name = "responses"

  static func encode(
    _ request: ChatRequest, over connection: DriverConnection
  ) throws(ChatFailure) -> TransportRequest {
    let body = JSONObject()
      .adding("model", .string(request.model))
      .adding("instructions", request.system.isEmpty ? nil : .string(request.system))
      .adding("input", .array(items(of: request).map(JSONValue.object)))
      .adding("tools", request.tools.isEmpty ? nil : .array(request.tools.map(tool)))
      .adding("reasoning", request.reasoningEffort.map { ["effort": .string($0)] })
      // Models that do not reason refuse to include it.
      .adding(
        "include", request.reasoningEffort == nil ? nil : ["reasoning.encrypted_content"]
      )
      // The provider must not store the conversation.
      .adding("store", false)
      .adding("stream", true)
    return Self.request(
      to: try RequestAddress.url(connection.baseURL, path: "/responses"),
      headers: try keyHeader("authorization", prefix: "Bearer ", connection), body: body)
  }

  static func decoder(for request: ChatRequest) -> ResponsesDecoder {
    ResponsesDecoder(model: request.model)
  }

  private static func items(of request: ChatRequest) -> [JSONObject] {
    var ids = CallIDs()
    return request.messages.flatMap { message -> [JSONObject] in
      switch message {
      case .user(let text):
        return [Self.message(role: "user", type: "input_text", text)]
      case .agent(let text, let calls):
        let reasoning = calls.map { call -> [JSONObject] in
          guard case .array(let items)? = state(of: call, for: request.model) else { return [] }
          return items.compactMap { if case .object(let item) = $0 { item } else { nil } }
        }
        // The first reasoning precedes the text.
        var items = reasoning.first ?? []
        if !text.isEmpty {
          items.append(Self.message(role: "assistant", type: "output_text", text))
        }
        for (index, call) in calls.enumerated() {
          if index > 0 { items += reasoning[index] }
          items.append([
            "type": "function_call", "call_id": .string(ids.begin(call.id)),
            "name": .string(call.name), "arguments": .string(call.argumentsJSON),
          ])
        }
        return items
      case .tool(let result):
        return [
          [
            "type": "function_call_output", "call_id": .string(ids.end(result.callID)),
            "output": .string(result.text),
          ]
        ]
      }
    }
  }

  private static func message(role: String, type: String, _ text: String) -> JSONObject {
    [
      "type": "message", "role": .string(role),
      "content": [["type": .string(type), "text": .string(text)]],
    ]
  }

  private static func tool(_ tool: ToolSpecification) -> JSONValue {
    [
      "type": "function", "name": .string(tool.name), "description": .string(tool.description),
      "parameters": .object(tool.parameters),
      // The default is strict, which only schemas without optional properties pass.
      "strict": false,
    ]
  }
}
