package import EverrunsDocuments

extension ToolCall {
  /// The call as an object: `id`, `name`, `arguments`, and `signature` if it has one.
  package var document: JSONObject {
    JSONObject()
      .adding("id", .string(id))
      .adding("name", .string(name))
      .adding("arguments", arguments)
      .adding("signature", signature.map(JSONValue.string))
  }

  /// The call that an object of an event is; `nil` if it is not one.
  package init?(document: JSONObject) {
    guard let id = document.text("id"), let name = document.text("name"),
      let arguments = document["arguments"]
    else { return nil }
    self.init(id: id, name: name, arguments: arguments, signature: document.text("signature"))
  }
}

extension ToolResult {
  /// The result as an object, as `tool.completed` has it.
  ///
  /// What the tool returned is under `result`, as pieces of text; the message of an error is under
  /// `error`.
  package var document: JSONObject {
    JSONObject()
      .adding("tool_call_id", .string(callID))
      .adding("tool_name", .string(name))
      .adding("success", .bool(!isError))
      .adding("status", .string(status.rawValue))
      .adding("result", isError ? nil : [["type": "text", "text": .string(text)]])
      .adding("error", errorMessage.map(JSONValue.string))
  }

  /// The result that an object of an event is; `nil` if it is not one.
  package init?(document: JSONObject) {
    guard let callID = document.text("tool_call_id"), let name = document.text("tool_name"),
      let status = document.text("status").flatMap(Status.init)
    else { return nil }
    let content: JSONValue
    if status == .success {
      guard case .array? = document["result"] else { return nil }
      let pieces = document.objects("result").compactMap { $0.text("text") }
      content = JSONValue(toolText: pieces.joined(separator: "\n"))
    } else {
      content = ["error": document["error"] ?? "unknown error"]
    }
    self.init(callID: callID, name: name, status: status, content: content)
  }
}

extension JSONValue {
  /// What a tool returned, from its text: an object or an array if it is one, else the text.
  fileprivate init(toolText text: String) {
    switch try? JSONValue(json: text) {
    case .object(let object)?: self = .object(object)
    case .array(let elements)?: self = .array(elements)
    default: self = .string(text)
    }
  }
}
