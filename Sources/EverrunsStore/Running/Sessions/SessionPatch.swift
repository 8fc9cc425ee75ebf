/// What is to be changed about a session.
///
/// `nil` leaves a value as it is, `.some(nil)` clears it.
package struct SessionPatch: Sendable, Hashable {
  /// What people see.
  package var title: String??
  /// The language that the user reads.
  package var locale: String??
  /// The model, by id or by its provider's name for it.
  package var model: String??
  /// What the model is told after the prompts of harness and agent.
  package var systemPrompt: String??
  /// How many requests to the model a turn may make.
  package var maximumIterations: Int??
  /// Words to find it by.
  package var tags: [String]?

  /// A patch that changes nothing.
  package init() {}
}
