package import Everruns

/// An event with its position among those of all sessions.
package struct PositionedEvent: Sendable, Hashable {
  /// The position, which only grows.
  package var position: Int
  /// The event.
  package var event: Event

  /// An event at a position.
  package init(position: Int, event: Event) {
    self.position = position
    self.event = event
  }
}
