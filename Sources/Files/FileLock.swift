import Foundation

extension OpenFile {
  /// Locks the file exclusively with flock(2) until it is closed.
  ///
  /// Does nothing on file systems without locks, such as some network file systems.
  ///
  /// - Parameters:
  ///   - wait: The wait for another program's lock.
  ///   - interruption: Throws to cancel the wait.
  /// - Throws: ``FileFailure/locked`` after that time.
  func lock(
    waiting wait: LockWait, _ interruption: () throws(FileError) -> Void
  ) throws(FileError) {
    let begin = ContinuousClock.now
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EWOULDBLOCK: break
      case EINTR: continue
      default: return
      }
      try interruption()
      let waited = .now - begin
      guard waited < wait.limit, wait.meanwhile(name.description, waited) else {
        throw FileError(name, .locked)
      }
      usleep(5_000)
    }
  }

  /// Locks the file if no one else has.
  ///
  /// - Returns: Whether the lock was acquired.
  func tryLock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}
