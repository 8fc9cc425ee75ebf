import CommandLineTree
import EverrunsStore
import Files
import Messages

extension Session {
  /// Copies the store to the file of `--backup`, before a run writes to it.
  ///
  /// - Parameter store: The store, in the transaction of the run.
  /// - Throws: The reason why there is no backup; then write nothing.
  func backUpBeforeRun(_ store: any Store) throws {
    guard let file = arguments[SeedingOptions.backup] else { return }
    guard let store = store as? any CopyableStore else {
      throw ControlError.notCopyable(store.location)
    }
    let serial = try backUp(store, to: file, overwriting: arguments[OutputOptions.force])
    note("copied the store at serial \(serial) to \(file.quoted)")
  }

  /// Refuses in a dry run the file of `--backup` that the run would refuse.
  func checkBackupOfDryRun() throws {
    guard isDryRun, let file = arguments[SeedingOptions.backup],
      let store = try storeForReading()
    else { return }
    guard store is any CopyableStore else { throw ControlError.notCopyable(store.location) }
    let path = try absolute(file)
    try refuseStore(as: path, file)
    try CopyTarget(
      path: path, name: FilePath(file), overwriting: arguments[OutputOptions.force]
    ).check()
  }

  /// Notes that there is no backup because nothing was to be written.
  func noteNoBackup() {
    guard let file = arguments[SeedingOptions.backup] else { return }
    note("nothing to write, so no backup \(file.quoted) was created")
  }

  /// Refuses a backup to standard output, which the plan uses.
  func checkBackup() throws {
    if arguments[SeedingOptions.backup] == "-" {
      throw usageError("'--backup' needs a file, because the plan is written to standard output")
    }
  }
}
