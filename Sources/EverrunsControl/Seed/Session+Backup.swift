import CommandLineTree
import EverrunsStore
import Messages

extension Session {
  /// Copies the store to the file that `--backup` names, before a run writes to it.
  ///
  /// - Parameter store: The store, in the transaction in which the run will write.
  /// - Throws: What prevents the copy; nothing must then be written.
  func backUpBeforeRun(_ store: any Store) throws {
    guard let file = arguments[SeedingOptions.backup] else { return }
    guard let store = store as? any CopyableStore else {
      throw ControlError.notCopyable(store.location)
    }
    let serial = try backUp(store, to: file, overwriting: arguments[OutputOptions.force])
    note("copied the store at serial \(serial) to \(file.quoted)")
  }

  /// Says that there is no backup, since nothing was to be written.
  func noteNoBackup() {
    guard let file = arguments[SeedingOptions.backup] else { return }
    note("nothing was to be written, so there is no copy \(file.quoted)")
  }

  /// Refuses a backup to standard output, where the plan goes.
  func checkBackup() throws {
    if arguments[SeedingOptions.backup] == "-" {
      throw usageError("'--backup' needs a file, since the plan goes to standard output")
    }
  }
}
