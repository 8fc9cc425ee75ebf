import Foundation

#if os(Linux)
  /// F_OFD_SETLK of fcntl(2), a name that the C library's module does not have.
  ///
  /// Such a lock belongs to the open file, as that of flock(2) does, and not to the process.
  private let setLockOfOpenFile: Int32 = 37
#endif

extension OpenFile {
  /// Locks the file until it is closed: exclusively with flock(2), and for reading with fcntl(2),
  /// which do not know of each other, so that neither kind of another program's lock is overlooked.
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
    while let refusal = refusalOfLocks {
      switch refusal {
      case EWOULDBLOCK, EACCES: break
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

  /// The error number of the first lock that cannot be had; `nil` if the file is locked.
  private var refusalOfLocks: Int32? {
    guard tryLock() else { return errno }
    #if os(Linux)
      var region = flock()
      region.l_type = Int16(F_RDLCK)
      region.l_whence = Int16(SEEK_SET)
      guard fcntl(descriptor, setLockOfOpenFile, &region) == 0 else { return errno }
    #endif
    return nil
  }

  /// Locks the file if no one else has.
  ///
  /// - Returns: Whether the lock was acquired.
  func tryLock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}
