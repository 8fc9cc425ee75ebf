import CommandLineTree
import EverrunsStore
import Files
import Messages

/// A backup of the store before a run.
struct RunBackup {
  /// The file, as the user named it.
  let word: String
  /// The serial of the store.
  let serial: Int
  /// The file, if there was none before.
  let created: FilePath?
}

extension Session {
  /// Copies the store to the file of `--backup`, before a run writes to it.
  ///
  /// - Parameter store: The store, in the transaction of the run.
  /// - Returns: The backup; `nil` without the option.
  /// - Throws: The reason why there is no backup; then write nothing.
  func backUpBeforeRun(_ store: any Store) throws -> RunBackup? {
    guard let file = arguments[SeedingOptions.backup] else { return nil }
    guard let store = store as? any CopyableStore else {
      throw ControlError.notCopyable(store.location)
    }
    let path = try absolute(file)
    let isNew = try FileStatus.of(path) == nil
    let serial = try backUp(store, to: file, overwriting: arguments[OutputOptions.force])
    note("copied the store at serial \(serial) to \(file.quoted)")
    return RunBackup(
      word: file, serial: serial, created: isNew ? try path.followingLinks() : nil)
  }

  /// Removes the backup of a run that failed or wrote nothing, unless the run changed the store, or
  /// the backup took the place of another file.
  func withdraw(_ backup: RunBackup, of store: any Store) {
    guard let file = backup.created, (try? store.info().serial) == backup.serial else {
      return note("nothing was applied; the backup \(backup.word.quoted) is kept")
    }
    for file in TemporaryFile.withSideFiles(file) { file.remove() }
    effectOnFiles = nil
    note("nothing was applied, so the backup \(backup.word.quoted) was removed")
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
