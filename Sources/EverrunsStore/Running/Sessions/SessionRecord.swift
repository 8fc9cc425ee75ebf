package import Everruns
package import Foundation

/// A stored session.
package struct SessionRecord: Sendable, Hashable {
  /// The id.
  package var id: SessionID
  /// The organization, by its public id.
  package var organization: String
  /// The harness, by id; it may have been deleted.
  package var harnessID: String
  /// The agent, by id; it may have been deleted.
  package var agentID: String?
  /// The model, by id; it may have been deleted.
  package var modelID: String?
  /// The title.
  package var title: String?
  /// The user's language.
  package var locale: String?
  /// The tags.
  package var tags: [String]
  /// Capabilities beside those of harness and agent.
  package var capabilities: [CapabilityUse]
  /// Instructions after the prompts of harness and agent.
  package var systemPrompt: String?
  /// The maximum number of requests to the model per turn, if the session sets one.
  package var maximumIterations: Int?
  /// The owner, if it is a chat session.
  package var chatOwner: String?
  /// Whether it has unfinished turns.
  package var status: SessionStatus
  /// The sequence of its last event.
  package var lastSequence: Int
  /// The token usage of its requests to models.
  package var usage: TokenUsage
  /// When it was created.
  package var createdAt: Date
  /// When it was last used.
  package var updatedAt: Date

  /// A session from its parts.
  package init(
    id: SessionID, organization: String, harnessID: String, agentID: String? = nil,
    modelID: String? = nil, title: String? = nil, locale: String? = nil, tags: [String] = [],
    capabilities: [CapabilityUse] = [], systemPrompt: String? = nil,
    maximumIterations: Int? = nil, chatOwner: String? = nil, status: SessionStatus = .started,
    lastSequence: Int = 0, usage: TokenUsage = .zero, createdAt: Date, updatedAt: Date
  ) {
    self.id = id
    self.organization = organization
    self.harnessID = harnessID
    self.agentID = agentID
    self.modelID = modelID
    self.title = title
    self.locale = locale
    self.tags = tags
    self.capabilities = capabilities
    self.systemPrompt = systemPrompt
    self.maximumIterations = maximumIterations
    self.chatOwner = chatOwner
    self.status = status
    self.lastSequence = lastSequence
    self.usage = usage
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}
