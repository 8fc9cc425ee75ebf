import EverrunsSeeding
package import Files
import Foundation
import GRDB

/// A backup that is ready to replace the contents of a store.
///
/// The backup is first copied next to the store, migrated and checked there.
package final class StoreRestore {
  /// The serial of the backup.
  package let serial: Int
  /// How many organizations the backup contains.
  package let organizationCount: Int
  private let copy: CopyTarget
  private let location: StoreLocation
  private let replaced: ReplacedStore
  private let wait: LockWait
  private let writer: FileWriter
  private let temporary: TemporaryFile
  private let prepared: SQLiteStore
  /// Files of the store that stay open as long as a connection to it.
  private var openFiles: [OpenFile] = []
  /// The serial that the store will have, once the backup is prepared for that.
  private var newSerial: Int?
  private var path: FilePath { replaced.path }

  /// Reads and checks a backup.
  ///
  /// - Parameters:
  ///   - copy: The backup.
  ///   - name: The path of the backup as the user wrote it, for errors.
  ///   - location: The location of the store.
  ///   - folder: The folder for temporary files if the store's own folder does not exist yet.
  ///   - wait: The wait for a lock that another program holds.
  ///   - writer: Writes files.
  /// - Throws: `FileError` if the file does not exist; ``StoreError`` if it is not a store, is
  ///   newer or damaged, or was restored from a dump; ``StoreError/unsupported(_:)`` if the store
  ///   is on a server.
  package init(
    of copy: FilePath, named name: FilePath, into location: StoreLocation,
    temporaryFolder folder: FilePath, waiting wait: LockWait, writer: FileWriter
  ) throws {
    guard let word = location.path else { throw StoreError.unsupported(location) }
    self.copy = CopyTarget(path: copy, name: name, overwriting: false)
    self.location = location
    self.wait = wait
    self.writer = writer
    replaced = ReplacedStore(
      path: try location.translatingErrors { try FilePath(word).followingLinks() },
      location: location, wait: wait)
    switch try StoreFile.kind(of: copy) {
    case .database: break
    case .missing: throw FileError(name, .missing)
    case .empty, .other, .folder: throw StoreError.notAStore(.file(path: name.word))
    }
    let path = replaced.path
    let place =
      path.folder.isAccessible(W_OK | X_OK) ? path : folder.appending(path.name)
    temporary = try writer.temporaryFile(for: place, name)
    prepared = try Self.prepare(copy, named: name, at: temporary.path, for: location, wait)
    (serial, organizationCount) = try prepared.read { [prepared] db in
      (
        try prepared.state(db).plan.serial,
        try Int.fetchOne(db, sql: "SELECT count(*) FROM organizations") ?? 0
      )
    }
  }

  deinit {
    prepared.close()
  }

  /// Runs the quick ones of the checks of `store check` on the backup.
  ///
  /// - Parameter presets: The names of the presets, which exist in every store.
  /// - Returns: Whether they find anything.
  /// - Throws: `StoreError` if the copy of the backup cannot be read.
  package func hasProblems(presets: [String]) throws -> Bool {
    try prepared.hasProblems(presets: presets)
  }

  /// Copies the backup, migrates the copy and checks it.
  private static func prepare(
    _ copy: FilePath, named name: FilePath, at temporary: FilePath, for store: StoreLocation,
    _ wait: LockWait
  ) throws -> SQLiteStore {
    let location = StoreLocation.file(path: name.word)
    do throws(StoreError) {
      return try prepare(copy, at: temporary, for: store, shownAs: location, wait)
    } catch {
      switch error {
      case .notADatabase(location): throw StoreError.notAStore(location)
      case .damaged(location, let reason), .unreadable(location, let reason):
        throw StoreError.unusableBackup(location, reason: reason)
      default: throw error
      }
    }
  }

  private static func prepare(
    _ copy: FilePath, at temporary: FilePath, for store: StoreLocation,
    shownAs location: StoreLocation, _ wait: LockWait
  ) throws(StoreError) -> SQLiteStore {
    try location.translatingErrors {
      let source = try SQLiteStore.openForReading(
        copy.word, shownAs: location, checksSchema: false, waiting: wait)
      guard let source else { throw StoreError.notAStore(location) }
      defer { source.close() }
      try source.read { try Self.copyPages($0, to: temporary, for: store) }
      try source.checkUnchanged()
      do throws(StoreError) {
        let prepared = try SQLiteStore.openForWriting(temporary.word, waiting: wait)
        if let damage = try prepared.withoutTransaction(PageProblems.first) {
          throw StoreError.unusableBackup(location, reason: damage)
        }
        return prepared
      } catch {
        throw error.about(location, preparedFor: store)
      }
    }
  }

  /// Copies a database, in the snapshot that its transaction sees.
  private static func copyPages(
    _ source: Database, to temporary: FilePath, for store: StoreLocation
  ) throws {
    // The first read fixes the snapshot, so that later failures concern the copy.
    let size = try source.sizeInBytes
    do {
      let target = try SQLiteStore.connection(
        to: temporary, shownAs: FilePath(store.path ?? ""), readOnly: false, waiting: nil)
      try target.inDatabase { try source.backup(to: $0) }
      try target.close()
    } catch let error as DatabaseError
      where ![.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      throw StoreError(error, store, writing: size)
    } catch let error as FileError {
      throw StoreError(error, store)
    }
  }

  // MARK: Carrying out

  /// The result of a restore.
  package struct Result {
    /// The serial of the store afterwards.
    package let serial: Int
    /// The path of the copy of the previous contents, if there were any.
    package let kept: FilePath?
  }

  /// Checks what ``run(keeping:change:)`` would refuse, without changing anything.
  ///
  /// - Throws: ``StoreError`` about the store.
  package func check() throws(StoreError) {
    try location.translatingErrors {
      if case .missing = try replaced.condition() {
        try SQLiteStore.checkCreation(at: path.word)
      } else {
        try StoreFile.checkWriting(path)
      }
      _ = try nextSerial(after: UsedNumbers())
    }
  }

  /// Replaces the contents of the store with the backup, in one transaction.
  ///
  /// The previous contents are copied first, whatever state they are in; those of a damaged store
  /// byte by byte. A file into which SQLite cannot write is moved aside instead, with its log.
  /// Serials and the numbers of organizations are never reused, as far as those in use can be read.
  ///
  /// - Parameters:
  ///   - kept: The file to copy or move the previous contents to.
  ///   - change: Who restores the backup, and why.
  /// - Returns: The serial of the store, and the path of the previous contents.
  /// - Throws: ``StoreError/newerSchema(_:found:known:)`` or ``StoreError/notReplaced(_:)`` if this
  ///   program must not overwrite the file.
  package func run(keeping kept: FilePath, change: StoreChange) throws -> Result {
    do {
      return try replaceContent(keeping: kept, change)
    } catch let error as DatabaseError {
      throw StoreError(
        error, location,
        writing: (try? prepared.withoutTransaction { try $0.sizeInBytes }) ?? 0)
    } catch let error as UnusableSideFile {
      throw StoreError.unusableSideFile(location, error)
    } catch let error as NumbersUsedUp {
      throw StoreError.numbersUsedUp(location, column: error.column, number: error.number)
    }
  }

  private func replaceContent(keeping wanted: FilePath, _ change: StoreChange) throws -> Result {
    switch try replaced.condition() {
    case .missing:
      return Result(serial: try create(after: UsedNumbers(), change), kept: nil)
    case .unusable(let used):
      return try replaceFile(keeping: wanted, after: used, change)
    case .writable(let used):
      do {
        return try overwrite(keeping: wanted, change)
      } catch let error as DatabaseError where error.isOfUnusableFile {
        // The damage shows only when something is written.
        return try replaceFile(keeping: wanted, after: used, change)
      }
    }
  }

  // MARK: Writing into the store

  /// Copies the previous contents, and overwrites them while the store stays locked.
  private func overwrite(keeping wanted: FilePath, _ change: StoreChange) throws -> Result {
    // Set once the file is this restore's own.
    var kept: FilePath?
    do {
      let serial = try overwrite(change) { store in
        // Two restores may begin in the same second.
        let file = try wanted.unused()
        let used = try self.keep(store, as: file)
        kept = file
        return used
      }
      return Result(serial: serial, kept: kept)
    } catch {
      // The store still has its content.
      if let kept { for file in TemporaryFile.withSideFiles(kept) { file.remove() } }
      throw error
    }
  }

  /// Copies the contents of the store to a file, and returns the numbers that it used.
  private func keep(_ store: SQLiteStore, as kept: FilePath) throws -> UsedNumbers {
    let owner = kept.folder.appending(path.name).adding(suffix: ".before-restore")
    guard try isIntact(store) else {
      openFiles += try replaced.copyBytes(to: kept, ownerOfTemporaries: owner, with: writer)
      return try store.withoutTransaction { db in UsedNumbers(db) }
    }
    return try store.backUp(
      to: CopyTarget(path: kept, name: kept, overwriting: false, ownerOfTemporaries: owner),
      with: writer, reading: UsedNumbers.init)
  }

  /// Whether SQLite finds every page of a store.
  private func isIntact(_ store: SQLiteStore) throws -> Bool {
    try store.withoutTransaction { db in
      do {
        return try String.fetchAll(db, sql: "PRAGMA quick_check(1)") == ["ok"]
      } catch let error as DatabaseError where error.isOfUnusableFile {
        return false
      }
    }
  }

  /// Overwrites the contents of the store.
  ///
  /// - Parameters:
  ///   - change: Who restores the backup, and why.
  ///   - keep: Called once while the store is locked; returns the numbers that it used.
  /// - Returns: The serial of the store.
  /// - Throws: An error of the database, or the error that `keep` throws.
  private func overwrite(
    _ change: StoreChange, _ keep: @escaping (SQLiteStore) throws -> UsedNumbers
  ) throws -> Int {
    // The schema is not checked: the store to be replaced may be beyond repair.
    let queue = try SQLiteStore.connection(to: path, readOnly: false, waiting: wait)
    let store = SQLiteStore(queue, at: location, waiting: wait)
    defer { store.close() }
    _ = try SQLiteStore.contentChecked(queue, location)
    // In WAL mode, the store can be copied while another connection has it locked.
    try SQLiteStore.useWriteAheadLog(queue, path)
    var serial = self.serial
    try write { source in
      // A newer program may have migrated it while the lock was waited for.
      _ = try SQLiteStore.contentChecked(queue, self.location)
      serial = try self.adjust(source, after: try keep(store), change)
    }
    return serial
  }

  // MARK: A file that SQLite cannot use

  /// Moves the file aside with what is beside it, and creates a new store.
  private func replaceFile(
    keeping wanted: FilePath, after used: UsedNumbers, _ change: StoreChange
  ) throws -> Result {
    let kept = try wanted.unused()
    try replaced.move(to: kept)
    do {
      try StoreFile.create(path)
      try writer.copyAttributes(from: kept, to: path)
      return Result(serial: try create(after: used, change), kept: kept)
    } catch {
      for file in TemporaryFile.withSideFiles(path) { file.remove() }
      try replaced.move(to: kept, back: true)
      throw error
    }
  }

  /// Creates the store with the contents of the backup.
  private func create(after used: UsedNumbers, _ change: StoreChange) throws -> Int {
    try SQLiteStore.openForWriting(path.word, waiting: wait).close()
    return try overwrite(change) { _ in used }
  }

  // MARK: The new contents

  /// Makes the copy the store's next state: with a later serial, and without a number that the
  /// store has used already.
  ///
  /// A second attempt finds this done.
  ///
  /// - Returns: The serial that the store will have.
  private func adjust(
    _ db: Database, after used: UsedNumbers, _ change: StoreChange
  ) throws -> Int {
    if let newSerial { return newSerial }
    var serial = 0
    try db.inTransaction(.immediate) {
      // Triggers of other programs belong to the content, and do not count as its use.
      try ChangeTriggers.settingOthersAside(on: Table.bookkeeping, db) {
        for (name, number) in used.revisions {
          let isUsed: SQL = """
            SELECT 1 FROM platforms WHERE name = \(name) AND latest_revision >= \(number)
            """
          guard try isUsed.mapFirst(db, { _ in true }) == nil else { continue }
          try db.put(["name": name, "latest_revision": number], into: .platforms)
        }
        if let number = used.highestOrganization { try OrganizationNumbers.note(number, db) }
        serial = try nextSerial(after: used)
        // The remembered state was recorded at another serial.
        try db.update(.storeState, set: ["serial": serial, "settled_as": nil])
        try prepared.record(
          change, about: .all,
          summary: "restored from '\(copy.name)', which was at serial \(self.serial)", db)
      }
      return .commit
    }
    newSerial = serial
    return serial
  }

  /// A serial above both that of the backup and that of the store.
  private func nextSerial(after used: UsedNumbers) throws(NumbersUsedUp) -> Int {
    try StoredNumber.next(after: max(used.serial, serial), of: "store_state.serial")
  }

  /// Writes the prepared copy into the store through SQLite, under its lock.
  ///
  /// - Parameter adjust: Called once with the prepared copy while the store is locked; SQLite copies
  ///   what it changes, too (sqlite.org/c3ref/backup_finish.html).
  /// - Throws: An error of the database, or the error that `adjust` throws.
  private func write(adjusting adjust: @escaping (Database) throws -> Void) throws {
    let queue = try SQLiteStore.connection(to: path, readOnly: false, waiting: wait)
    defer { try? queue.close() }
    let pageSize = try queue.inDatabase { try $0.pageSize }
    // A failure is that of the store, and must not be reported as one of the prepared copy.
    try prepared.withoutTransaction { source in
      Swift.Result {
        try Self.usePages(of: pageSize, source)
        var isLocked = false
        try queue.inDatabase { target in
          try source.backup(to: target, pagesPerStep: Self.pagesPerStep) { _ in
            try self.writer.checkInterruption()
            guard !isLocked else { return }
            isLocked = true
            try adjust(source)
          }
        }
      }
    }.get()
  }

  /// A small step, so that the first one is never the last one, after which the backup cannot be
  /// cancelled.
  private static let pagesPerStep: CInt = 8

  /// Sets the page size of a database, which a store in WAL mode cannot change:
  /// sqlite.org/c3ref/backup_finish.html.
  private static func usePages(of size: Int, _ db: Database) throws {
    guard try db.pageSize != size else { return }
    _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
    try db.execute(sql: "PRAGMA page_size = \(size)")
    try db.execute(sql: "VACUUM")
  }
}

extension StoreError {
  /// The error of a copy of a backup, about the backup, or about the store that it is to replace.
  fileprivate func about(
    _ location: StoreLocation, preparedFor store: StoreLocation
  ) -> StoreError {
    switch self {
    case .inputOutput(_, let reason): .inputOutput(store, reason: reason)
    case .notAStore: .notAStore(location)
    case .newerSchema(_, let found, let known): .newerSchema(location, found: found, known: known)
    case .damaged(_, let reason): .damaged(location, reason: reason)
    case .unreadable(_, let reason): .unreadable(location, reason: reason)
    case .unmarkedStore(_, let applicationID):
      .unmarkedStore(location, applicationID: applicationID)
    case .incompleteSchema(_, let problems, let isRepairable):
      .incompleteSchema(location, problems: problems, isRepairable: isRepairable)
    case .missingCollation(_, let reason): .missingCollation(location, reason: reason)
    case .numbersUsedUp(_, let column, let number):
      .numbersUsedUp(location, column: column, number: number)
    default: self
    }
  }
}

extension FilePath {
  /// The path, or the first free one with a number appended.
  fileprivate func unused() throws(FileError) -> FilePath {
    var path = self
    var number = 2
    while try FileStatus.of(path) != nil {
      path = adding(suffix: "-\(number)")
      number += 1
    }
    return path
  }
}
