package import Everruns

/// A claimed turn.
package struct ClaimedTurn: Sendable, Hashable {
  /// The worker's hold on it.
  package let lease: Lease
  /// The session.
  package let sessionID: SessionID

  /// A turn with a lease on it.
  package init(lease: Lease, sessionID: SessionID) {
    self.lease = lease
    self.sessionID = sessionID
  }
}

/// The state of a turn, from which ``TurnMachine`` derives the next step.
package struct TurnState: Sendable, Hashable {
  /// Its row.
  package var turn: Turn
  /// The calls of its current iteration, in order.
  package var calls: [ToolCallRecord]

  /// A turn with its calls.
  package init(turn: Turn, calls: [ToolCallRecord]) {
    self.turn = turn
    self.calls = calls
  }
}
