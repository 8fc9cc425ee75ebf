package import Foundation

/// A worker's hold on a turn.
///
/// Claiming a turn creates a lease with a new, larger number. Every later write is checked against
/// the row, so a slow worker whose turn was taken over can no longer write (a fencing token).
package struct Lease: Sendable, Hashable {
  /// The turn.
  package let turnID: TurnID
  /// The number of the lease.
  package let number: Int
  /// The worker.
  package let workerID: WorkerID

  /// A lease from its parts.
  package init(turnID: TurnID, number: Int, workerID: WorkerID) {
    self.turnID = turnID
    self.number = number
    self.workerID = workerID
  }
}

/// The result of renewing a lease.
package enum LeaseState: Sendable, Hashable {
  /// It still has the turn.
  case held
  /// It still has the turn, whose cancellation was requested.
  case cancelRequested
  /// The turn ended or another worker has it: drop it and write nothing.
  case lost
}

extension Turn {
  /// The lease of the worker that has the turn; `nil` unless it is running.
  package var currentLease: Lease? {
    guard status == .running, let workerID else { return nil }
    return Lease(turnID: id, number: lease, workerID: workerID)
  }

  /// What the holder of a lease learns about it.
  ///
  /// An expired lease is still held until another worker claims the turn: a worker that is merely
  /// late loses nothing.
  package func state(of lease: Lease) -> LeaseState {
    guard currentLease == lease else { return .lost }
    return cancelRequestedAt == nil ? .held : .cancelRequested
  }

  /// Whether a worker may claim the turn now.
  ///
  /// A turn never overtakes an earlier one, even one that waits for its next attempt.
  ///
  /// - Parameters:
  ///   - now: The store's time.
  ///   - isNext: Whether every turn of the session with a smaller number has ended.
  /// - Returns: `true` for the next turn if it is queued and due, or if its lease has expired.
  package func isClaimable(at now: Date, isNext: Bool) -> Bool {
    guard isNext else { return false }
    return switch status {
    case .queued: notBefore <= now
    case .running: leaseExpiresAt.map { $0 <= now } ?? true
    case .completed, .failed, .cancelled: false
    }
  }
}
