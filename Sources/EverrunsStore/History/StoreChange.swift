package import Foundation

/// Who changes a store, with what and why: what the history remembers.
package struct StoreChange {
  /// The user.
  package let actor: String
  /// The command, as it was typed.
  package let command: String
  /// Why, if somebody said so.
  package let reason: String?
  /// Tells the time, which a store keeps to the second.
  ///
  /// It is asked once the store is locked, so that the history is in order of time.
  let now: () -> Date

  /// A change.
  ///
  /// - Parameter now: Tells the time.
  package init(actor: String, command: String, reason: String?, now: @escaping () -> Date) {
    self.actor = actor
    self.command = command
    self.reason = reason
    self.now = now
  }
}
