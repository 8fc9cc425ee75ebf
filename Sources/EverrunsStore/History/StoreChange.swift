public import Foundation

/// Who changes a store, with what and why: what the history remembers.
public struct StoreChange {
  /// The user.
  public let actor: String
  /// The command, as it was typed.
  public let command: String
  /// Why, if somebody said so.
  public let reason: String?
  /// Tells the time, which a store keeps to the second.
  ///
  /// It is asked once the store is locked, so that the history is in order of time.
  let now: () -> Date

  /// A change.
  ///
  /// - Parameter now: Tells the time.
  public init(actor: String, command: String, reason: String?, now: @escaping () -> Date) {
    self.actor = actor
    self.command = command
    self.reason = reason
    self.now = now
  }
}
