/// Changes of a session.
///
/// `nil` leaves a value as it is, `.some(nil)` clears it.
package struct SessionPatch: Sendable, Hashable {
  /// The title.
  package var title: String??
  /// The user's language.
  package var locale: String??
  /// The model, by id or by its provider's name for it.
  package var model: String??
  /// Instructions after the prompts of harness and agent.
  package var systemPrompt: String??
  /// The maximum number of requests to the model per turn.
  package var maximumIterations: Int??
  /// The tags.
  package var tags: [String]?

  /// A patch that changes nothing.
  package init() {}
}
