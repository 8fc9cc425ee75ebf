import Files
import Foundation
import Synchronization

/// Waits for a database that another connection has locked.
///
/// SQLite's own busy handler sleeps longer each time, up to a tenth of a second. Among many
/// programs with short writes, those that have waited longest then retry least often and may
/// starve. This one retries every few milliseconds, so that no program is favored for long, and it
/// waits longer while others commit: then no program is holding the lock.
final class BusyWait: Sendable {
  /// The wait for one lock.
  private struct Wait {
    let begin: ContinuousClock.Instant
    /// When a change of the file was last seen; at first, the beginning.
    var change: ContinuousClock.Instant
    /// The state of the file at that time.
    var fingerprint: [UInt8]
  }

  /// The longest wait while others change the file, in multiples of the limit.
  private static let patience = 6

  private let limit: Duration
  private let file: FilePath
  private let wait = Mutex<Wait?>(nil)

  /// - Parameters:
  ///   - limit: The total time to wait for one lock while nothing changes.
  ///   - file: The database.
  init(atMost limit: Duration, for file: FilePath) {
    self.limit = limit
    self.file = file
  }

  /// Waits for a moment.
  ///
  /// - Parameter tries: How many times this lock was waited for.
  /// - Returns: Whether the lock should be tried again.
  func callAsFunction(_ tries: Int) -> Bool {
    guard wait.withLock({ goesOn(&$0, isNew: tries == 0) }) else { return false }
    // A random delay, so that two programs that started together do not retry together.
    usleep(UInt32.random(in: 500...4_000))
    return true
  }

  private func goesOn(_ wait: inout Wait?, isNew: Bool) -> Bool {
    let now = ContinuousClock.now
    guard !isNew, var current = wait else {
      wait = Wait(begin: now, change: now, fingerprint: fingerprint)
      return limit > .zero
    }
    if now - current.change < limit { return true }
    let fingerprint = fingerprint
    guard fingerprint != current.fingerprint, now - current.begin < limit * Self.patience else {
      return false
    }
    current.change = now
    current.fingerprint = fingerprint
    wait = current
    return true
  }

  /// The state of the file and of its log; every commit changes one of them.
  private var fingerprint: [UInt8] {
    [file, file.adding(suffix: "-wal")].flatMap { path in
      ((try? FileStatus.of(path)) ?? nil)?.fingerprint ?? []
    }
  }
}
