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
  /// SQLite calls this object on the thread of a statement, and only one thread uses a connection
  /// that has a function here.
  nonisolated(unsafe) private let meanwhile: LockWait.Meanwhile
  private let file: FilePath
  private let wait = Mutex<Wait?>(nil)

  /// - Parameters:
  ///   - wait: The wait for one lock while nothing changes.
  ///   - file: The database.
  init(_ wait: LockWait, for file: FilePath) {
    limit = wait.limit
    meanwhile = wait.meanwhile
    self.file = file
  }

  /// Waits for a moment.
  ///
  /// - Parameter tries: How many times this lock was waited for.
  /// - Returns: Whether the lock should be tried again.
  func callAsFunction(_ tries: Int) -> Bool {
    guard let waited = wait.withLock({ waited(&$0, isNew: tries == 0) }),
      meanwhile(file.description, waited)
    else { return false }
    // A random delay, so that two programs that started together do not retry together.
    usleep(UInt32.random(in: 500...4_000))
    return true
  }

  /// How long the wait has taken so far; `nil` if it is over.
  private func waited(_ wait: inout Wait?, isNew: Bool) -> Duration? {
    let now = ContinuousClock.now
    guard !isNew, var current = wait else {
      wait = Wait(begin: now, change: now, fingerprint: fingerprint)
      return limit > .zero ? .zero : nil
    }
    let waited = now - current.begin
    if now - current.change < limit { return waited }
    let fingerprint = fingerprint
    guard fingerprint != current.fingerprint, waited < limit * Self.patience else { return nil }
    current.change = now
    current.fingerprint = fingerprint
    wait = current
    return waited
  }

  /// The state of the file and of its log; every commit changes one of them.
  private var fingerprint: [UInt8] {
    [file, file.adding(suffix: "-wal")].flatMap { path in
      ((try? FileStatus.of(path)) ?? nil)?.fingerprint ?? []
    }
  }
}
