public import Everruns

/// Receives the events of every session, for example to count usage or to send notifications.
///
/// ```swift
/// struct UsageMeter: EventListener {
///   func receive(_ event: Event, at position: Int) async throws {
///     guard event.type == .turnCompleted else { return }
///     try await bill(event.sessionID, event.data["usage"])
///   }
/// }
/// ```
///
/// Events come from the store once they are committed, whichever process wrote them, one after the
/// other in the order of their positions. Pieces of text (``EventType/outputMessageDelta``) are not
/// kept and do not come. Each listener is served on its own, so that one that is slow holds up
/// neither requests nor turns nor other listeners.
public protocol EventListener: Sendable {
  /// The position of the last event that was received, from which to go on when the server starts;
  /// `nil` for events that happen from the start on, which is the default.
  ///
  /// A listener that keeps the position with what it does for an event, in one transaction, does
  /// that exactly once.
  func lastPosition() async throws -> Int?

  /// Receives an event.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - position: Its place among the events of the store, which only grows.
  /// - Throws: Anything, if the event should be delivered again; no other one is delivered before.
  func receive(_ event: Event, at position: Int) async throws
}

extension EventListener {
  /// No position: events from the start of the server on.
  public func lastPosition() async throws -> Int? { nil }
}

/// A listener that calls a function.
struct FunctionListener: EventListener {
  let function: @Sendable (Event) async throws -> Void

  func receive(_ event: Event, at position: Int) async throws {
    try await function(event)
  }
}
