package import Foundation

/// The changes of one transaction.
package struct TurnChange: Sendable, Hashable {
  /// The turn's row.
  package var turn: Turn
  /// The events to append to the session, in order.
  package var events: [EventDraft] = []
  /// The calls whose rows are new or changed, in order.
  package var calls: [ToolCallRecord] = []
  /// Whether to delete the pieces of text that were streamed for the turn.
  package var discardsDeltas = false

  package init(_ turn: Turn) {
    self.turn = turn
  }
}

/// The inputs of a decision besides the turn's own rows.
package struct TurnSituation: Sendable, Hashable {
  /// The store's time.
  package var now: Date
  /// Whether the session's last `session.activated` has no `session.idled` after it.
  package var isSessionActive: Bool
  /// Whether the session has another turn that has not ended.
  package var hasOtherTurns: Bool

  /// A situation from its parts.
  package init(now: Date, isSessionActive: Bool, hasOtherTurns: Bool) {
    self.now = now
    self.isSessionActive = isSessionActive
    self.hasOtherTurns = hasOtherTurns
  }
}

/// Why a change is refused.
package enum TurnConflict: Error, Sendable, Hashable {
  /// The worker's lease is lost: it must drop the turn.
  case leaseLost
  /// The turn cannot be claimed now.
  case notClaimable
  /// The report does not match the turn's row; a bug in the worker.
  case unexpected(StepOutcome)
}
