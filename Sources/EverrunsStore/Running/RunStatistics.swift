package import Everruns
package import Foundation

/// Counts of sessions, turns and workers.
package struct RunStatistics: Sendable, Hashable {
  /// The sessions.
  package var sessions: Int
  /// The turns, by status.
  package var turns: [Turn.Status: Int]
  /// When the oldest turn was queued that no worker has.
  package var oldestQueuedAt: Date?
  /// The live workers, by status.
  package var workers: [WorkerReport.Status: Int]

  /// Statistics from their parts.
  package init(
    sessions: Int, turns: [Turn.Status: Int], oldestQueuedAt: Date?,
    workers: [WorkerReport.Status: Int]
  ) {
    self.sessions = sessions
    self.turns = turns
    self.oldestQueuedAt = oldestQueuedAt
    self.workers = workers
  }
}
