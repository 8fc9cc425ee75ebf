package import Everruns

/// A turn that a worker was given.
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

/// Where a turn stands: all that ``TurnMachine`` asks to tell what comes next.
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
