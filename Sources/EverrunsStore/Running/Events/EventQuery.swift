package import Everruns

/// A query for events of a session.
package struct EventQuery: Sendable, Hashable {
  /// Only events after this sequence.
  package var afterSequence = 0
  /// Only events before this sequence; the latest of them.
  package var beforeSequence: Int?
  /// Only pieces of text after this position; `nil` for no pieces at all.
  package var afterDelta: Int?
  /// Only these types.
  package var types: Set<EventType>?
  /// None of these types.
  package var excludedTypes: Set<EventType> = []
  /// The maximum number of events.
  package var limit = 100

  /// All events.
  package init() {}
}
