package import Everruns

/// The settings of a new session; the organization's defaults fill what is left out.
package struct SessionDraft: Sendable, Hashable {
  /// The organization, by its public id.
  package var organization: String
  /// The harness, by id or name.
  package var harness: String?
  /// The agent, by id or name.
  package var agent: String?
  /// The model, by id or by its provider's name for it.
  package var model: String?
  /// The title.
  package var title: String?
  /// The user's language, such as `de-CH`.
  package var locale: String?
  /// The tags.
  package var tags: [String] = []
  /// Capabilities beside those of harness and agent.
  package var capabilities: [CapabilityUse] = []
  /// Instructions after the prompts of harness and agent.
  package var systemPrompt: String?
  /// The maximum number of requests to the model per turn.
  package var maximumIterations: Int?

  /// A draft that leaves everything to the organization.
  package init(organization: String) {
    self.organization = organization
  }
}
