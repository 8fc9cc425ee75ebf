import Everruns
import EverrunsDocuments
import EverrunsStore

/// A session to be created.
struct NewSession: Sendable {
  var harness: String?
  var agent: String?
  var model: String?
  var title: String?
  var locale: String?
  var tags: [String] = []
  var capabilities: [CapabilityUse] = []
  var systemPrompt: String?
  var maximumIterations: Int?

  static let coding = ObjectCoding<NewSession>(
    noun: "session", blank: NewSession(),
    fields: [
      .defaulted(
        "harness_id", \.harness, .orNull(.text),
        "The harness, by id or name; else the organization's base harness"),
      .defaulted("agent_id", \.agent, .orNull(.text), "The agent, by id or name"),
      .defaulted(
        "model_id", \.model, .orNull(.text),
        "The model, by id or by its name at the provider; else the organization's default model"),
      .defaulted("title", \.title, .orNull(.text), "The title"),
      .defaulted("locale", \.locale, .orNull(.text), "The language of the user, such as de-CH"),
      .defaulted("tags", \.tags, .list(.text), "Tags"),
      .defaulted(
        "capabilities", \.capabilities, .list(CapabilityUse.coding),
        "Capabilities beside those of harness and agent"),
      .defaulted(
        "system_prompt", \.systemPrompt, .orNull(.text),
        "Instructions after the prompts of harness and agent"),
      .defaulted(
        "max_iterations", \.maximumIterations, .orNull(.integer),
        "The maximum number of model requests per turn; 100 by default"),
    ])

  /// The value for the store.
  ///
  /// - Throws: ``APIError`` for invalid values.
  func draft(
    in organization: String, of definition: PlatformDefinition
  ) throws -> SessionDraft {
    try SessionChanges.check(maximumIterations)
    for use in capabilities {
      guard case .registered(let id) = CapabilityReference(use.ref),
        !definition.capabilities.contains(id)
      else { continue }
      throw APIError.wrongValue(
        RequestProblem.unknown(
          noun: "capability", name: id,
          candidates: definition.capabilities.map { $0.id }), at: "capabilities")
    }
    var draft = SessionDraft(organization: organization)
    draft.harness = harness
    draft.agent = agent
    draft.model = model
    draft.title = title
    draft.locale = locale
    draft.tags = tags
    draft.capabilities = capabilities
    draft.systemPrompt = systemPrompt
    draft.maximumIterations = maximumIterations
    return draft
  }
}

/// Changes of a session; null clears a value.
struct SessionChanges: Sendable {
  var patch = SessionPatch()

  static let coding = ObjectCoding<SessionChanges>(
    noun: "session", blank: SessionChanges(),
    fields: [
      .optional("title", \.patch.title, .orNull(.text), "The title"),
      .optional("locale", \.patch.locale, .orNull(.text), "The language of the user"),
      .optional(
        "model_id", \.patch.model, .orNull(.text),
        "The model, by id or by its name at the provider"),
      .optional(
        "system_prompt", \.patch.systemPrompt, .orNull(.text),
        "Instructions after the prompts of harness and agent"),
      .optional(
        "max_iterations", \.patch.maximumIterations, .orNull(.integer),
        "The maximum number of model requests per turn"),
      .optional("tags", \.patch.tags, .list(.text), "Tags"),
    ])

  /// Refuses an invalid maximum of iterations.
  static func check(_ maximumIterations: Int?) throws {
    let range = 1...1_000
    guard let maximumIterations, !range.contains(maximumIterations) else { return }
    throw APIError.wrongValue(RequestProblem.outOfRange(range), at: "max_iterations")
  }
}
