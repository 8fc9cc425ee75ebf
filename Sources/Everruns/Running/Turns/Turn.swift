package import Foundation

/// The work that answers one message: the unit of durable work, and one row.
///
/// The row contains the complete progress, so that any worker can continue the turn. Only
/// ``TurnMachine`` changes it.
package struct Turn: Sendable, Hashable {
  /// The state of a turn.
  package enum Status: String, CaseIterable, Sendable {
    /// It waits for a worker.
    case queued
    /// A worker has it, or had it when it died.
    case running
    /// It ended with an answer.
    case completed
    /// It ended without an answer.
    case failed
    /// It was stopped.
    case cancelled

    /// Whether the turn has ended.
    package var isFinished: Bool {
      switch self {
      case .queued, .running: false
      case .completed, .failed, .cancelled: true
      }
    }
  }

  /// The next step.
  package enum Step: String, CaseIterable, Sendable {
    /// Ask the model.
    case reason
    /// Run the tools that the model called.
    case act
  }

  /// The id.
  package let id: TurnID
  /// The session.
  package let sessionID: SessionID
  /// The place among the session's turns, counted from 1.
  package let number: Int
  /// The message that it answers.
  package let inputMessageID: MessageID
  /// When the message arrived.
  package let createdAt: Date

  /// Its state.
  package var status: Status = .queued
  /// The next step.
  package var step: Step = .reason
  /// The number of the current request to the model, counted from 1.
  package var iteration = 1
  /// How often any worker has begun the current request to the model.
  package var begun = 0
  /// How often the current step has failed with a transient error.
  package var failures = 0
  /// How often the turn was taken from a worker that had died, since the last progress.
  package var reclaims = 0
  /// When a queued turn may be claimed.
  package var notBefore: Date
  /// The number of the latest lease, which never falls; 0 if it was never claimed.
  package var lease = 0
  /// The worker that has the turn, while it is running.
  package var workerID: WorkerID?
  /// When the worker loses the turn unless it renews the lease, while it is running.
  package var leaseExpiresAt: Date?
  /// When cancellation was requested.
  package var cancelRequestedAt: Date?
  /// Why it failed.
  package var failure: TurnFailure?
  /// The token usage of all its requests to the model.
  package var usage = TokenUsage.zero
  /// When it was first claimed.
  package var startedAt: Date?
  /// When it ended.
  package var endedAt: Date?

  /// A turn that waits to be claimed.
  package init(
    id: TurnID, sessionID: SessionID, number: Int, inputMessageID: MessageID, createdAt: Date
  ) {
    self.id = id
    self.sessionID = sessionID
    self.number = number
    self.inputMessageID = inputMessageID
    self.createdAt = createdAt
    notBefore = createdAt
  }

  /// The message that the current request to the model writes.
  package var outputMessageID: MessageID { MessageID(ofTurn: id, iteration: iteration) }
}
