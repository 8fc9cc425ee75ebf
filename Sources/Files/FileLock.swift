import Foundation

extension OpenFile {
  /// Locks the file for this program alone, as flock(2) does, until it is closed.
  ///
  /// Where files cannot be locked, as on some network file systems, nothing happens.
  ///
  /// - Parameters:
  ///   - wait: How long another program that holds the lock is waited for.
  ///   - interruption: Throws where somebody asks to stop.
  /// - Throws: ``FileFailure/locked`` after that time.
  func lock(
    waiting wait: Duration, _ interruption: () throws(FileError) -> Void
  ) throws(FileError) {
    let deadline = ContinuousClock.now + wait
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EWOULDBLOCK: break
      case EINTR: continue
      default: return
      }
      try interruption()
      guard .now < deadline else { throw FileError(name, .locked) }
      usleep(5_000)
    }
  }

  /// Locks the file if nobody else has.
  ///
  /// - Returns: Whether it is locked now.
  func tryLock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}
