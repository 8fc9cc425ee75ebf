package import EverrunsDocuments
package import Foundation

/// What a user or an agent said.
///
/// Results of tools are not messages: they are events, and ``Conversation`` puts both in order.
package struct Message: Sendable, Hashable {
  /// Who said it.
  package enum Role: String, CaseIterable, Sendable {
    /// Whoever uses the session.
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
  /// Who said it.
  package var role: Role
  /// The pieces, in order.
  package var content: [Part]
  /// How the turn that answers it is to be run.
  package var controls: MessageControls
  /// Whatever the sender wants to find again.
  package var metadata: JSONObject
  /// Words to find it by.
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

/// What a message says about the turn that answers it.
package struct MessageControls: Sendable, Hashable {
  /// The model to use instead of the session's, by id.
  package var modelID: String?
  /// How much the model should reason, in its provider's words: `low`, `medium`, `high`.
  package var reasoningEffort: String?

  /// Controls from their parts; what is left out is the session's choice.
  package init(modelID: String? = nil, reasoningEffort: String? = nil) {
    self.modelID = modelID
    self.reasoningEffort = reasoningEffort
  }
}
