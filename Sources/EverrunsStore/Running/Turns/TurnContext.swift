package import Everruns

/// Everything that a step of a turn needs to know, as of one state of the store.
package struct TurnContext: Sendable {
  /// Where the turn stands.
  package var state: TurnState
  /// Its session.
  package var session: SessionRecord
  /// The session's harness with those it inherits from, the topmost parent first; none if it is gone.
  package var harnesses: [StoredHarness]
  /// The session's agent; `nil` if it has none or it is gone.
  package var agent: StoredAgent?
  /// The model that the turn uses.
  package var model: ChosenModel
  /// How much the model should reason, if the message says so.
  package var reasoningEffort: String?
  /// The events of the session's turns up to this one, by turn and then by sequence.
  package var history: [Event]
  /// How far the turn may go.
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

/// A harness as a turn needs it.
package struct StoredHarness: Sendable, Hashable {
  /// The id.
  package var id: String
  /// The name.
  package var name: String
  /// What the model is told.
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

/// An agent as a turn needs it.
package struct StoredAgent: Sendable, Hashable {
  /// The id.
  package var id: String
  /// What the model is told.
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
  /// Nothing names one.
  case none
  /// The one that was chosen, by id, is gone.
  case gone(id: String)
  /// The model in its provider's words, with the provider's type and address.
  case found(id: String, name: String, providerType: String, baseURL: String?)
}
