package import Everruns

/// A page of a session's events, from one snapshot of the store.
package struct EventPage: Sendable, Hashable {
  /// The events, by sequence.
  package var events: [Event]
  /// The pieces of the message that is being written, which follow the events.
  ///
  /// There are none while there are more events.
  package var deltas: [OutputDelta]
  /// The sequence up to which everything has been read.
  package var nextSequence: Int
  /// Whether more events match the query.
  package var hasMore: Bool
  /// Whether the session has unfinished turns.
  package var status: SessionStatus

  /// A page from its parts.
  package init(
    events: [Event], deltas: [OutputDelta], nextSequence: Int, hasMore: Bool,
    status: SessionStatus
  ) {
    self.events = events
    self.deltas = deltas
    self.nextSequence = nextSequence
    self.hasMore = hasMore
    self.status = status
  }
}
