package import Everruns

/// What happened in a session, as of one state of the store.
package struct EventPage: Sendable, Hashable {
  /// The events, by sequence.
  package var events: [Event]
  /// The pieces of the message that is being written, which follow the events.
  ///
  /// There are none while there are more events.
  package var deltas: [OutputDelta]
  /// The sequence up to which nothing is left to read.
  package var nextSequence: Int
  /// Whether there are more events than were wanted.
  package var hasMore: Bool
  /// Whether the session has something to do.
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
