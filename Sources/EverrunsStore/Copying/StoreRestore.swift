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
  private let path: FilePath
  private let wait: LockWait
  private let writer: FileWriter
  private let temporary: TemporaryFile
  private let prepared: SQLiteStore

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
    path = try FilePath(word).followingLinks()
    switch try StoreFile.kind(of: copy) {
    case .database: break
    case .missing: throw FileError(name, .missing)
    case .empty, .other, .folder: throw StoreError.notAStore(.file(path: name.word))
    }
    let place =
      path.folder.isAccessible(W_OK | X_OK) ? path : folder.appending(path.name)
    temporary = try TemporaryFile(for: place, shownAs: name)
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
    return try location.translatingErrors {
      let source = try SQLiteStore.openForReading(
        copy.word, shownAs: location, checksSchema: false, waiting: wait)
      guard let source else { throw StoreError.notAStore(location) }
      defer { source.close() }
      try source.read { try Self.copyPages($0, to: temporary, for: store) }
      try source.checkUnchanged()
      do throws(StoreError) {
        let prepared = try SQLiteStore.openForWriting(temporary.word, waiting: wait)
        let damage = try prepared.withoutTransaction { db in
          try String.fetchAll(db, sql: "PRAGMA integrity_check").first { $0 != "ok" }
        }
        if let damage { throw StoreError.damaged(location, reason: damage) }
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

  /// Replaces the contents of the store with the backup, in one transaction.
  ///
  /// The previous contents are copied first, whatever state their schema is in; a file that SQLite
  /// cannot open is moved aside instead, with its log. Serials and the numbers of organizations are
  /// never reused, as far as those in use can be read.
  ///
  /// - Parameters:
  ///   - kept: The file to copy or move the previous contents to.
  ///   - change: Who restores the backup, and why.
  /// - Returns: The serial of the store, and the path of the previous contents.
  /// - Throws: ``StoreError/newerSchema(_:found:known:)`` or ``StoreError/notAStore(_:)`` if this
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
    }
  }

  private func replaceContent(keeping wanted: FilePath, _ change: StoreChange) throws -> Result {
    // Two restores may begin in the same second.
    var kept = try wanted.unused()
    let isMovedAside = try moveAsideIfUnreadable(to: kept)
    let isNew = try StoreFile.isMissing(path)
    if isNew { try SQLiteStore.openForWriting(path.word, waiting: wait).close() }
    // The schema is not checked: the store to be replaced may be beyond repair.
    let queue = try SQLiteStore.connection(to: path, readOnly: false, waiting: wait)
    let store = SQLiteStore(queue, at: location, waiting: wait)
    defer { store.close() }
    _ = try SQLiteStore.contentChecked(queue, location)
    // In WAL mode, the store can be copied while another connection has it locked.
    try SQLiteStore.useWriteAheadLog(queue, path)
    var serial = self.serial
    var isCopied = false
    do {
      try write { source in
        let used: UsedNumbers
        if isNew {
          used = queue.inDatabase(UsedNumbers.init)
        } else {
          kept = try wanted.unused()
          used = try store.backUp(
            to: CopyTarget(
              path: kept, name: kept, overwriting: false,
              ownerOfTemporaries: kept.folder.appending(self.path.name)
                .adding(suffix: ".before-restore")), with: self.writer,
            reading: UsedNumbers.init)
          isCopied = true
        }
        serial = try self.adjust(source, after: used, change)
      }
    } catch {
      // The store still has its content.
      if isCopied { _ = kept.withSystemPath { unlink($0) } }
      throw error
    }
    return Result(serial: serial, kept: isNew && !isMovedAside ? nil : kept)
  }

  /// The numbers used by a store, which must not be used again.
  private struct UsedNumbers {
    let serial: Int
    let highestOrganization: Int?
    let revisions: [(name: String, number: Int)]

    /// Reads what can be read: the store may be damaged.
    init(_ db: Database) {
      serial = (try? StateRow.usableSerial(db)) ?? 0
      highestOrganization = try? OrganizationNumbers.remembered(db)
      let query: SQL = """
        SELECT name, latest_revision FROM platforms
        WHERE typeof(name) = 'text' AND typeof(latest_revision) = 'integer'
        """
      revisions =
        (try? query.map(db) { row in
          (name: row.text("name") ?? "", number: row.integer("latest_revision"))
        }) ?? []
    }
  }

  /// Makes the copy the store's next state: with a later serial, and without a number that the
  /// store has used already.
  ///
  /// - Returns: The serial that the store will have.
  private func adjust(
    _ db: Database, after used: UsedNumbers, _ change: StoreChange
  ) throws -> Int {
    var serial = 0
    try db.inTransaction(.immediate) {
      for (name, number) in used.revisions {
        let isUsed: SQL = """
          SELECT 1 FROM platforms WHERE name = \(name) AND latest_revision >= \(number)
          """
        guard try isUsed.mapFirst(db, { _ in true }) == nil else { continue }
        try db.put(["name": name, "latest_revision": number], into: .platforms)
      }
      if let number = used.highestOrganization { try OrganizationNumbers.note(number, db) }
      let (next, isTooLarge) = max(used.serial, try prepared.state(db).plan.serial)
        .addingReportingOverflow(1)
      guard !isTooLarge else {
        throw StoreError.damaged(location, reason: "the serial is the largest number there is")
      }
      // The remembered state was recorded at another serial.
      try db.update(.storeState, set: ["serial": next, "settled_as": nil])
      try prepared.record(
        change, summary: "restored from '\(copy.name)', which was at serial \(self.serial)", db)
      serial = next
      return .commit
    }
    return serial
  }

  /// Writes the prepared copy into the store through SQLite, under its lock.
  ///
  /// - Parameter adjust: Called once with the prepared copy while the store is locked; SQLite copies
  ///   what it changes, too (sqlite.org/c3ref/backup_finish.html).
  /// - Throws: An error of the database, or the error that `adjust` throws.
  private func write(adjusting adjust: @escaping (Database) throws -> Void) throws {
    let queue = try SQLiteStore.connection(to: path, readOnly: false, waiting: wait)
    defer { try? queue.close() }
    let pageSize = try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA page_size") }
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
  private static func usePages(of size: Int?, _ db: Database) throws {
    guard let size, try Int.fetchOne(db, sql: "PRAGMA page_size") != size else { return }
    _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
    try db.execute(sql: "PRAGMA page_size = \(size)")
    try db.execute(sql: "VACUUM")
  }

  // MARK: Files that SQLite cannot open

  /// - Returns: Whether a file was moved.
  private func moveAsideIfUnreadable(to kept: FilePath) throws -> Bool {
    guard try StoreFile.isUnreadable(path, wait) else { return false }
    for suffix in [""] + TemporaryFile.sideSuffixes {
      let code = path.adding(suffix: suffix).withSystemPath { old in
        kept.adding(suffix: suffix).withSystemPath { rename(old, $0) == 0 ? 0 : errno }
      }
      guard code == 0 || code == ENOENT else {
        throw FileError(kept, FileFailure(creating: code))
      }
    }
    return true
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
    default: self
    }
  }
}

extension FilePath {
  /// The path, or with a number behind it the first that does not exist.
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

extension StoreFile {
  /// Whether no store exists at a path yet.
  fileprivate static func isMissing(_ path: FilePath) throws(FileError) -> Bool {
    switch try kind(of: path) {
    case .missing, .empty: true
    case .database, .other, .folder: false
    }
  }

  /// Whether a file used to be a database that SQLite can no longer open.
  ///
  /// A file whose size is not a multiple of a page was never one: sqlite.org/fileformat.html,
  /// section 1.3.2.
  fileprivate static func isUnreadable(_ path: FilePath, _ wait: LockWait) throws -> Bool {
    guard let status = try FileStatus.of(path), status.kind == .regular, status.size > 0,
      status.size.isMultiple(of: smallestPage)
    else { return false }
    do {
      let queue = try SQLiteStore.readingConnection(to: path, waiting: wait)
      _ = try queue.inDatabase { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
      try queue.close()
      return false
    } catch let error as DatabaseError
      where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode)
    {
      return true
    }
  }
}
