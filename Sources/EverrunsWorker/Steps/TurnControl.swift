import Everruns
import Synchronization

/// Stops a running turn.
final class TurnControl: Sendable {
  /// Why a turn stops early, strongest reason last.
  enum Reason: Int, Sendable {
    /// It stops after the current step.
    case drains
    /// The drain timeout has passed.
    case givenBack
    /// Cancellation was requested.
    case cancelled
    /// Another worker has the turn.
    case leaseLost
  }

  private struct State {
    var reason: Reason?
    var task: Task<Void, Never>?
  }

  private let state = Mutex(State())

  /// Why the turn should stop, if it should.
  var reason: Reason? { state.withLock { $0.reason } }

  /// Runs a turn; can be called once.
  func run(_ body: @escaping @Sendable () async -> Void) {
    state.withLock { $0.task = Task { await body() } }
  }

  /// Tells the turn to stop.
  func stop(_ reason: Reason) {
    let task = state.withLock { state -> Task<Void, Never>? in
      if reason.rawValue > state.reason?.rawValue ?? -1 { state.reason = reason }
      return reason == .drains ? nil : state.task
    }
    task?.cancel()
  }

  /// Waits for the end of the turn.
  func wait() async {
    await state.withLock { $0.task }?.value
  }
}
