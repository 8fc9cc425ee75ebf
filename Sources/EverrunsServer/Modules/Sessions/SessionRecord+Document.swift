import Everruns
import EverrunsDocuments
import EverrunsStore

extension SessionRecord {
  /// The session in the API's format.
  var document: JSONObject {
    [
      "id": .string(id.description), "status": .string(status.rawValue),
      "harness_id": .string(harnessID), "agent_id": .optional(agentID),
      "model_id": .optional(modelID), "title": .optional(title), "locale": .optional(locale),
      "tags": .strings(tags), "capabilities": .array(capabilities.map(CapabilityUse.coding.encode)),
      "system_prompt": .optional(systemPrompt),
      "max_iterations": maximumIterations.map(JSONValue.integer) ?? .null,
      "last_sequence": .integer(lastSequence), "usage": usage.document,
      "created_at": .string(RunTime.text(createdAt)),
      "updated_at": .string(RunTime.text(updatedAt)),
    ]
  }

  /// The shape of ``document``.
  static let shape = DocumentSchema.object(
    "session",
    [
      ("id", .text), ("status", .choice(SessionStatus.allCases.map(\.rawValue))),
      ("harness_id", .text), ("agent_id", .nullable(.text)), ("model_id", .nullable(.text)),
      ("title", .nullable(.text)), ("locale", .nullable(.text)), ("tags", .list(.text)),
      ("capabilities", .list(.anyObject)), ("system_prompt", .nullable(.text)),
      ("max_iterations", .nullable(.integer)), ("last_sequence", .integer),
      ("usage", TokenUsage.shape), ("created_at", .text), ("updated_at", .text),
    ])
}

extension TokenUsage {
  /// The shape of the usage as an object.
  static let shape = DocumentSchema.object(
    "usage", [("input_tokens", .integer), ("output_tokens", .integer)])
}
