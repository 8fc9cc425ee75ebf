/// Who changes a store, with what and why: what the history remembers.
public struct StoreChange: Sendable, Hashable {
  /// The user.
  public let actor: String
  /// The command, as it was typed.
  public let command: String
  /// Why, if somebody said so.
  public let reason: String?
  /// When, in ISO 8601, UTC.
  public let at: String

  /// A change.
  public init(actor: String, command: String, reason: String?, at: String) {
    self.actor = actor
    self.command = command
    self.reason = reason
    self.at = at
  }
}
