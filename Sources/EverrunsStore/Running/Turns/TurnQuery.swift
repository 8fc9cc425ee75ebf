package import Everruns

/// A query for turns.
package struct TurnQuery: Sendable, Hashable {
  /// Only those in this state.
  package var status: Turn.Status?
  /// Only those of this session.
  package var session: SessionID?
  /// How many of the latest to skip.
  package var offset = 0
  /// The maximum number of turns.
  package var limit = 50

  /// All turns.
  package init() {}
}
