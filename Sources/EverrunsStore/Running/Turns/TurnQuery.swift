package import Everruns

/// Which turns are wanted.
package struct TurnQuery: Sendable, Hashable {
  /// Only those in this state.
  package var status: Turn.Status?
  /// Only those of this session.
  package var session: SessionID?
  /// How many of the latest are passed over.
  package var offset = 0
  /// How many are wanted at the most.
  package var limit = 50

  /// All turns.
  package init() {}
}
