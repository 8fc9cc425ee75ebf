package import EverrunsDocuments
package import Foundation

/// A message of a user or an agent.
///
/// Results of tools are not messages: they are events, and ``Conversation`` puts both in order.
package struct Message: Sendable, Hashable {
  /// The role of the sender.
  package enum Role: String, CaseIterable, Sendable {
    /// The user of the session.
    case user
    /// The model.
    case agent
  }

  /// A piece of a message.
  package enum Part: Sendable, Hashable {
    /// Text.
    case text(String)
    /// A call of a tool; only agents call tools.
    case toolCall(ToolCall)
  }

  /// The id.
  package var id: MessageID
  /// The role of the sender.
  package var role: Role
  /// The pieces, in order.
  package var content: [Part]
  /// Settings of the turn that answers it.
  package var controls: MessageControls
  /// Metadata of the sender.
  package var metadata: JSONObject
  /// Tags of the sender.
  package var tags: [String]
  /// When it was written.
  package var createdAt: Date

  /// A message from its parts.
  package init(
    id: MessageID, role: Role, content: [Part], controls: MessageControls = MessageControls(),
    metadata: JSONObject = [:], tags: [String] = [], createdAt: Date
  ) {
    self.id = id
    self.role = role
    self.content = content
    self.controls = controls
    self.metadata = metadata
    self.tags = tags
    self.createdAt = createdAt
  }

  /// The text of all pieces, with a line break between two.
  package var text: String {
    content.compactMap { if case .text(let text) = $0 { text } else { nil } }
      .joined(separator: "\n")
  }

  /// The tool calls, in order.
  package var toolCalls: [ToolCall] {
    content.compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
  }
}

/// Settings of the turn that answers a message.
package struct MessageControls: Sendable, Hashable {
  /// The model to use instead of the session's, by id.
  package var modelID: String?
  /// The reasoning effort, in the provider's terms: `low`, `medium`, `high`.
  package var reasoningEffort: String?

  /// Controls from their parts; the session decides the others.
  package init(modelID: String? = nil, reasoningEffort: String? = nil) {
    self.modelID = modelID
    self.reasoningEffort = reasoningEffort
  }
}
