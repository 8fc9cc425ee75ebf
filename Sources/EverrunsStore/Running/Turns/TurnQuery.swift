package import Everruns

/// Which turns are wanted.
package struct TurnQuery: Sendable, Hashable {
  /// Only those in this state.
  package var status: Turn.Status?
  /// Only those of this session.
  package var session: SessionID?
  /// How many of the latest to skip.
  package var offset = 0
  /// The greatest number of turns.
  package var limit = 50

  /// All turns.
  package init() {}
}
