package import Everruns

/// All inputs of a turn's step, from one snapshot of the store.
package struct TurnContext: Sendable {
  /// The state of the turn.
  package var state: TurnState
  /// Its session.
  package var session: SessionRecord
  /// The session's harness with its ancestors, topmost first; empty if it was deleted.
  package var harnesses: [StoredHarness]
  /// The session's agent; `nil` if it has none or it was deleted.
  package var agent: StoredAgent?
  /// The model that the turn uses.
  package var model: ChosenModel
  /// The reasoning effort, if the message states one.
  package var reasoningEffort: String?
  /// The events of the session's turns up to this one, by turn and then by sequence.
  package var history: [Event]
  /// The limits of the turn.
  package var limits: TurnLimits

  /// A context from its parts.
  package init(
    state: TurnState, session: SessionRecord, harnesses: [StoredHarness], agent: StoredAgent?,
    model: ChosenModel, reasoningEffort: String?, history: [Event], limits: TurnLimits
  ) {
    self.state = state
    self.session = session
    self.harnesses = harnesses
    self.agent = agent
    self.model = model
    self.reasoningEffort = reasoningEffort
    self.history = history
    self.limits = limits
  }
}

/// The data of a harness that a turn needs.
package struct StoredHarness: Sendable, Hashable {
  /// The id.
  package var id: String
  /// The name.
  package var name: String
  /// The system prompt.
  package var systemPrompt: String
  /// The capabilities, in order.
  package var capabilities: [CapabilityUse]

  /// A harness from its parts.
  package init(id: String, name: String, systemPrompt: String, capabilities: [CapabilityUse]) {
    self.id = id
    self.name = name
    self.systemPrompt = systemPrompt
    self.capabilities = capabilities
  }
}

/// The data of an agent that a turn needs.
package struct StoredAgent: Sendable, Hashable {
  /// The id.
  package var id: String
  /// The system prompt.
  package var systemPrompt: String
  /// The capabilities, in order.
  package var capabilities: [CapabilityUse]

  /// An agent from its parts.
  package init(id: String, systemPrompt: String, capabilities: [CapabilityUse]) {
    self.id = id
    self.systemPrompt = systemPrompt
    self.capabilities = capabilities
  }
}

/// The model that a turn uses: the message's, else the session's, else the organization's default.
package enum ChosenModel: Sendable, Hashable {
  /// None is chosen.
  case none
  /// The chosen one, by id, was deleted.
  case gone(id: String)
  /// The provider's name for the model, with the provider's type and base URL.
  case found(id: String, name: String, providerType: String, baseURL: String?)
}
