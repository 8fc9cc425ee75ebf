package import EverrunsDocuments

extension Message {
  /// The message as an object: `id`, `role`, `content` and `created_at`, and `controls`, `metadata`
  /// and `tags` where there are any.
  package var document: JSONObject {
    JSONObject()
      .adding("id", id.json)
      .adding("role", .string(role.rawValue))
      .adding("content", .array(content.map { .object($0.document) }))
      .adding("controls", controls.document)
      .adding("metadata", metadata.isEmpty ? nil : .object(metadata))
      .adding("tags", tags.isEmpty ? nil : .strings(tags))
      .adding("created_at", .string(RunTime.text(createdAt)))
  }

  /// The message that an object of an event is; `nil` if it is not one.
  package init?(document: JSONObject) {
    guard let id = document.text("id").flatMap(MessageID.init),
      let role = document.text("role").flatMap(Role.init),
      case .array(let parts)? = document["content"],
      let time = document.text("created_at").flatMap(RunTime.time)
    else { return nil }
    let content = document.objects("content").compactMap(Part.init)
    guard content.count == parts.count else { return nil }
    self.init(
      id: id, role: role, content: content,
      controls: MessageControls(document: document.object("controls") ?? [:]),
      metadata: document.object("metadata") ?? [:], createdAt: time)
    if case .array(let tags)? = document["tags"] {
      self.tags = tags.compactMap { if case .string(let tag) = $0 { tag } else { nil } }
    }
  }
}

extension Message.Part {
  /// The piece as an object: `type` and what the type has.
  fileprivate var document: JSONObject {
    switch self {
    case .text(let text): ["type": "text", "text": .string(text)]
    case .toolCall(let call):
      JSONObject([JSONObject.Member(key: "type", value: "tool_call")] + call.document.members)
    }
  }

  fileprivate init?(document: JSONObject) {
    switch document.text("type") {
    case "text":
      guard let text = document.text("text") else { return nil }
      self = .text(text)
    case "tool_call":
      guard let call = ToolCall(document: document) else { return nil }
      self = .toolCall(call)
    default: return nil
    }
  }
}

extension MessageControls {
  /// The controls as an object; `nil` if nothing is chosen.
  fileprivate var document: JSONValue? {
    guard self != MessageControls() else { return nil }
    return .object(
      JSONObject()
        .adding("model_id", modelID.map(JSONValue.string))
        .adding("reasoning", reasoningEffort.map { ["effort": .string($0)] }))
  }

  fileprivate init(document: JSONObject) {
    self.init(
      modelID: document.text("model_id"),
      reasoningEffort: document.object("reasoning")?.text("effort"))
  }
}
