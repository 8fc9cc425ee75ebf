import Foundation
import Synchronization

/// Waits for a database that another connection has locked.
///
/// SQLite's own busy handler sleeps longer each time, up to a tenth of a second. Among many
/// programs with short writes, those that have waited longest then retry least often and may
/// starve. This one retries every few milliseconds, so that no program is favored for long.
final class BusyWait: Sendable {
  private let limit: Duration
  private let start = Mutex(ContinuousClock.now)

  /// - Parameter limit: The total time to wait for one lock.
  init(atMost limit: Duration) {
    self.limit = limit
  }

  /// Waits for a moment.
  ///
  /// - Parameter tries: How many times this lock was waited for.
  /// - Returns: Whether the lock should be tried again.
  func callAsFunction(_ tries: Int) -> Bool {
    let now = ContinuousClock.now
    let waited = start.withLock { start in
      if tries == 0 { start = now }
      return now - start
    }
    guard waited < limit else { return false }
    // A random delay, so that two programs that started together do not retry together.
    usleep(UInt32.random(in: 500...4_000))
    return true
  }
}
