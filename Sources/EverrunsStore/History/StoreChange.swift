package import Foundation

/// Who changes a store, with which command and why, as recorded in the history.
package struct StoreChange {
  /// The user.
  package let actor: String
  /// The command, as it was typed.
  package let command: String
  /// The reason that was given, if any.
  package let reason: String?
  /// For a rollback: the restored revision, such as `acme@3`.
  package var rolledBackTo: String?
  /// The clock; the store keeps times to the second.
  ///
  /// Read after the store is locked, so that entries of the history are in chronological order.
  let now: () -> Date

  /// Creates a change.
  ///
  /// - Parameters:
  ///   - actor: The user.
  ///   - command: The command, as it was typed.
  ///   - reason: The reason that was given, if any.
  ///   - now: The clock.
  package init(actor: String, command: String, reason: String?, now: @escaping () -> Date) {
    self.actor = actor
    self.command = command
    self.reason = reason
    self.now = now
  }

  /// The same change for further entries of one command: long texts are cut, so that what is stored
  /// grows with the command line, not with its square.
  var forFurtherEntry: StoreChange {
    var change = StoreChange(
      actor: actor, command: Self.cut(command), reason: reason.map(Self.cut), now: now)
    change.rolledBackTo = rolledBackTo
    return change
  }

  /// How many characters of a text further entries hold.
  package static let limit = 500

  private static func cut(_ text: String) -> String {
    let omitted = text.unicodeScalars.count - limit
    guard omitted > 0 else { return text }
    return String(text.unicodeScalars.prefix(limit)) + "... (\(omitted) more characters)"
  }
}
