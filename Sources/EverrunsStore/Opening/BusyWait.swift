import Foundation
import Synchronization

/// Waits for a database that another connection has locked.
///
/// SQLite's own waiting sleeps longer each time, up to a tenth of a second, so that of many programs
/// with short writes those that have waited longest ask least often, and may never have their turn.
/// Everybody who waits here asks every few milliseconds: nobody is favored for long.
final class BusyWait: Sendable {
  private let limit: Duration
  private let start = Mutex(ContinuousClock.now)

  /// - Parameter limit: How long is waited in all for one lock.
  init(atMost limit: Duration) {
    self.limit = limit
  }

  /// Waits for a moment.
  ///
  /// - Parameter tries: How often was waited for the same lock.
  /// - Returns: Whether the lock should be tried again.
  func callAsFunction(_ tries: Int) -> Bool {
    let now = ContinuousClock.now
    let waited = start.withLock { start in
      if tries == 0 { start = now }
      return now - start
    }
    guard waited < limit else { return false }
    // At random, so that two who began together do not go on together.
    usleep(UInt32.random(in: 500...4_000))
    return true
  }
}
