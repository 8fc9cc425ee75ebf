public import Foundation

/// Who changes a store, with what and why: what the history remembers.
public struct StoreChange: Sendable, Hashable {
  /// The user.
  public let actor: String
  /// The command, as it was typed.
  public let command: String
  /// Why, if somebody said so.
  public let reason: String?
  /// When; a store keeps it to the second.
  public let at: Date

  /// A change.
  public init(actor: String, command: String, reason: String?, at: Date) {
    self.actor = actor
    self.command = command
    self.reason = reason
    self.at = at
  }
}
