import Everruns
import Files
import Foundation
import GRDB

extension SQLiteStore {
  /// Opens a store for reading, without changing a byte, even in a read-only folder.
  ///
  /// - Parameters:
  ///   - path: The path of the store.
  ///   - location: The location of the store for errors, if it is not `path`.
  ///   - checksSchema: Whether to refuse a store whose schema is damaged, or that lacks the mark of a
  ///     store.
  ///   - wait: The wait for a lock that another program holds.
  /// - Returns: `nil` if the file does not exist or is empty.
  /// - Throws: ``StoreError`` if the file is not a store, cannot be read, or its schema is damaged
  ///   or newer.
  static func openForReading(
    _ path: String, shownAs location: StoreLocation? = nil, checksSchema: Bool = true,
    waiting wait: LockWait = defaultWait
  ) throws(StoreError) -> SQLiteStore? {
    let location = location ?? .file(path: path)
    guard try isThere(path, location) else { return nil }
    return try location.translatingErrors {
      let header = checksSchema ? nil : try? DatabaseHeader(of: FilePath(path))
      let (queue, content, reading) = try readingQueue(path, location, wait)
      switch content {
      case .nothing: return nil
      case .unmarkedStore:
        if checksSchema {
          throw StoreError.unmarkedStore(
            location, applicationID: try queue.inDatabase(Self.applicationID))
        }
        return SQLiteStore(
          queue, at: location, waiting: wait, lockless: reading, header: header)
      case .store(let version):
        if checksSchema {
          try queue.inDatabase { db in
            guard try version == Schema.version || Schema.isReadable(db) else {
              throw StoreError.olderSchema(location, found: version, known: Schema.version)
            }
            try Schema.check(db, isComplete: version == Schema.version)
          }
        }
        return SQLiteStore(
          queue, at: location, waiting: wait, lockless: reading, header: header)
      }
    }
  }

  /// Opens a store for writing.
  ///
  /// A missing file is created, readable only by its owner, and an older schema is migrated.
  ///
  /// - Parameters:
  ///   - path: The path of the store.
  ///   - repairs: Whether to restore missing tables, columns, indexes and triggers, and to mark a
  ///     store that was restored from a dump.
  ///   - ids: Creates the ids of a new store and of new rows.
  ///   - wait: The wait for a lock that another program holds.
  /// - Returns: The open store, whose schema is up to date.
  /// - Throws: ``StoreError/incompleteSchema(_:problems:isRepairable:)`` if the schema is damaged.
  static func openForWriting(
    _ path: String, repairs: Bool = false, ids: UUIDGenerator = UUIDGenerator(),
    waiting wait: LockWait = defaultWait
  ) throws(StoreError) -> SQLiteStore {
    let location = StoreLocation.file(path: path)
    let isNew = try !isThere(path, location)
    return try location.translatingErrors {
      if isNew {
        try UnusableSideFile.check(beside: FilePath(path))
        try StoreFile.create(FilePath(path))
      }
      let (queue, content) = try opening(location) {
        try connection(to: FilePath(path), readOnly: false, waiting: wait)
      }
      if content == .nothing {
        // Larger pages halve the time of bulk writes. The size cannot change later.
        try queue.inDatabase { try $0.execute(sql: "PRAGMA page_size = 16384") }
      }
      let preparation = try queue.inDatabase { db in
        do {
          return try bringUpToDate(db, location, repairs: repairs, ids)
        } catch {
          throw StoreError.namingTriggers(error, db)
        }
      }
      try useWriteAheadLog(queue, FilePath(path))
      return SQLiteStore(queue, at: location, ids: ids, waiting: wait, preparation: preparation)
    }
  }

  private static func bringUpToDate(
    _ db: Database, _ location: StoreLocation, repairs: Bool, _ ids: UUIDGenerator
  ) throws -> StorePreparation {
    func preparation() throws -> StorePreparation {
      if repairs { return try neededPreparation(db, location) }
      return try content(db, location).preparation
    }
    func isUpToDate() throws -> Bool { try preparation() == .none && Schema.isChecked(db) }
    // One transaction, because another program may be creating the store at the same time.
    var isDone = false
    try db.inTransaction(.deferred) {
      isDone = try isUpToDate()
      return .commit
    }
    guard !isDone else { return .none }
    var done = StorePreparation.none
    try db.inTransaction(.exclusive) {
      // Another program may have prepared it in the meantime.
      done = try preparation()
      if done == .adopted, !repairs {
        throw StoreError.unmarkedStore(location, applicationID: try applicationID(db))
      }
      try carryOut(done, db, ids)
      return .commit
    }
    return done
  }

  private static func carryOut(
    _ preparation: StorePreparation, _ db: Database, _ ids: UUIDGenerator
  ) throws {
    switch preparation {
    // A dump does not contain the version.
    case .created, .adopted: try Schema.migrate(db, from: 0, storeID: ids.next().text)
    case .migrated(let version):
      try Schema.migrate(db, from: version, storeID: ids.next().text)
    case .repaired: try Schema.repair(db, storeID: ids.next().text)
    case .none:
      try Schema.check(db)
      try Schema.rememberCheck(db)
    }
  }

  func neededPreparation() throws(StoreError) -> StorePreparation {
    let preparation = try read { try Self.neededPreparation($0, self.location) }
    guard preparation != .none else { return .none }
    // What cannot be repaired shows only when everything else is.
    let copy = try privateCopy()
    defer { copy.close() }
    try copy.withoutTransaction { db in
      do {
        try db.inTransaction(.exclusive) {
          try Self.carryOut(preparation, db, self.ids)
          return .rollback
        }
      } catch {
        throw StoreError.namingTriggers(error, db)
      }
    }
    return preparation
  }

  /// A private copy of the store, in a temporary database of SQLite.
  func privateCopy() throws(StoreError) -> SQLiteStore {
    try location.translatingErrors {
      let queue = try DatabaseQueue(
        path: "",
        configuration: Self.configuration(readOnly: false, waiting: nil, for: FilePath("")))
      try queue.inDatabase { copy in try read { try $0.backup(to: copy) } }
      return SQLiteStore(queue, at: location)
    }
  }

  func migratedCopy() throws(StoreError) -> SQLiteStore {
    let copy = try privateCopy()
    _ = try copy.withoutTransaction { db in
      do {
        return try Self.bringUpToDate(db, location, repairs: false, ids)
      } catch {
        throw StoreError.namingTriggers(error, db)
      }
    }
    return copy
  }

  /// What makes a store ready to be written, repairs included.
  private static func neededPreparation(
    _ db: Database, _ location: StoreLocation
  ) throws -> StorePreparation {
    let preparation = try content(db, location).preparation
    guard preparation == .none else { return preparation }
    var problems = try Schema.problems(db).map(\.reason)
    if problems.isEmpty, try !StateRow.isSound(db) { problems = [StateRow.problem] }
    return problems.isEmpty ? .none : .repaired(problems: problems)
  }

  /// Checks that a store could be created at a path, without creating anything.
  ///
  /// - Throws: The error that opening it for writing would throw.
  static func checkCreation(at path: String) throws(StoreError) {
    let location = StoreLocation.file(path: path)
    guard try !isThere(path, location) else { return }
    try location.translatingErrors {
      try UnusableSideFile.check(beside: FilePath(path))
      try StoreFile.checkCreation(FilePath(path))
    }
  }

  /// An empty store in memory, for comparing with a store that does not exist yet.
  static func inMemory() throws(StoreError) -> SQLiteStore {
    let location = StoreLocation.file(path: ":memory:")
    return try location.translatingErrors {
      try OpenFile.checkDescriptors(for: FilePath(":memory:"))
      let queue = try DatabaseQueue(
        configuration: configuration(readOnly: false, waiting: nil, for: FilePath("")))
      try queue.write { try Schema.migrate($0, from: 0, storeID: "") }
      return SQLiteStore(queue, at: location)
    }
  }

  /// The default wait for another program that is writing.
  static var defaultWait: LockWait { .seconds(5) }

  /// A connection to a database.
  ///
  /// - Parameters:
  ///   - file: The database; a connection that writes creates it if it is missing.
  ///   - name: The path as the user wrote it, for errors, if it is not `file`.
  ///   - readOnly: Whether SQLite refuses to write.
  ///   - wait: The wait for a lock; `nil` for none.
  ///   - isImmutable: Whether to read it without locks.
  /// - Returns: The connection, whose file is open.
  /// - Throws: `FileError` if the process cannot open enough files; ``UnusableSideFile``;
  ///   `DatabaseError` if SQLite cannot open the database.
  static func connection(
    to file: FilePath, shownAs name: FilePath? = nil, readOnly: Bool, waiting wait: LockWait?,
    isImmutable: Bool = false
  ) throws -> DatabaseQueue {
    try OpenFile.checkDescriptors(for: name ?? file)
    try UnusableSideFile.check(beside: file, shownAs: name)
    return try DatabaseQueue(
      path: file.sqliteAddress(isImmutable: isImmutable),
      configuration: configuration(readOnly: readOnly, waiting: wait, for: file))
  }

  /// A connection for reading, also after a program was killed while it changed the database.
  ///
  /// SQLite undoes what such a program left half done only for a connection that may write
  /// (sqlite.org/lockingv3.html, section 4.3).
  static func readingConnection(
    to file: FilePath, shownAs name: FilePath? = nil, waiting wait: LockWait?
  ) throws -> DatabaseQueue {
    do {
      return try connection(to: file, shownAs: name, readOnly: true, waiting: wait)
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_READONLY && file.isAccessible(W_OK)
      && file.folder.isAccessible(W_OK)
    {
      try connection(to: file, shownAs: name, readOnly: false, waiting: wait).close()
      return try connection(to: file, shownAs: name, readOnly: true, waiting: wait)
    }
  }

  /// How connections to a database are set up; the parameters are those of
  /// ``connection(to:readOnly:waiting:isImmutable:)``.
  static func configuration(
    readOnly: Bool, waiting wait: LockWait?, for file: FilePath
  ) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode =
      wait.map { .callback(BusyWait($0, for: file).callAsFunction) } ?? .immediateError
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      if !readOnly {
        try db.execute(sql: "PRAGMA synchronous = FULL")
      }
    }
    return configuration
  }

  /// Whether there is a non-empty file at a path.
  private static func isThere(
    _ path: String, _ location: StoreLocation
  ) throws(StoreError) -> Bool {
    try location.translatingErrors {
      switch try StoreFile.kind(of: FilePath(path)) {
      case .missing, .empty: return false
      case .database: return true
      case .other: throw StoreError.notAStore(location)
      case .folder: throw StoreError.isDirectory(location)
      }
    }
  }

  /// A connection for reading, and the contents of the file.
  ///
  /// If the folder is read-only and SQLite's shared memory file does not exist, no other program
  /// has the store open that could signal its changes. The file is then read without locks, and
  /// checked for changes afterwards. A file with changes in its log cannot be read this way.
  private static func readingQueue(
    _ path: String, _ location: StoreLocation, _ wait: LockWait
  ) throws -> (DatabaseQueue, Content, LocklessReading?) {
    let name = location.path.map { FilePath($0) }
    func lockless() throws -> (DatabaseQueue, Content, LocklessReading?)? {
      let file = try FilePath(path).followingLinks()
      guard !(file.isAccessible(W_OK) && file.folder.isAccessible(W_OK)),
        try FileStatus.of(file.adding(suffix: "-shm")) == nil
      else { return nil }
      let reading = try LocklessReading(of: file, at: location)
      let (queue, content) = try opening(location) {
        try connection(
          to: file, shownAs: name, readOnly: true, waiting: wait, isImmutable: true)
      }
      return (queue, content, reading)
    }
    // SQLite would make side files that only this user may write, and keep the owner out.
    let file = FilePath(path)
    if file.isAccessible(R_OK), !file.isAccessible(W_OK), let found = try lockless() {
      return found
    }
    do {
      let (queue, content) = try opening(location) {
        try readingConnection(to: file, shownAs: name, waiting: wait)
      }
      return (queue, content, nil)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      guard let found = try lockless() else { throw error }
      return found
    }
  }

  /// Opens a connection, and looks at the contents of the file.
  ///
  /// - Throws: ``StoreError/unreadable(_:reason:)`` if the first pages or the schema are damaged.
  private static func opening(
    _ location: StoreLocation, _ connect: () throws -> DatabaseQueue
  ) throws -> (DatabaseQueue, Content) {
    do {
      let queue = try connect()
      return (queue, try contentChecked(queue, location))
    } catch let error as DatabaseError
      where error.isOfUnusableFile && error.resultCode != .SQLITE_NOTADB
    {
      throw StoreError.unreadable(location, reason: error.message ?? "\(error.resultCode)")
    }
  }

  /// Lets readers and a writer work side by side, even in a store that was restored from a backup.
  ///
  /// If two programs create a store at once, the second finds this done.
  static func useWriteAheadLog(_ queue: DatabaseQueue, _ file: FilePath) throws {
    let mode = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    guard mode != "wal" else { return }
    try setJournalMode("WAL", of: file)
  }

  /// Changes the journal mode of a database: sqlite.org/pragma.html#pragma_journal_mode.
  ///
  /// This needs exclusive access. If another program keeps the database in use, the mode stays as
  /// it is: that program may go on for hours, and the store works in any mode.
  static func setJournalMode(
    _ mode: String, of file: FilePath, shownAs name: FilePath? = nil
  ) throws {
    do {
      // Long enough for programs that create the same store to finish their transactions.
      let queue = try connection(
        to: file, shownAs: name, readOnly: false, waiting: .milliseconds(250))
      defer { try? queue.close() }
      try queue.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = \(mode)") }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
  }

  // MARK: What is in a file

  /// What is in a database.
  enum Content: Equatable {
    /// Nothing, as in the file of a store before its first transaction.
    case nothing
    /// A store, with the version of its schema.
    case store(version: Int)
    /// The tables of a store without its mark, as a dump leaves it.
    case unmarkedStore

    /// What makes such a database ready to be written.
    var preparation: StorePreparation {
      switch self {
      case .nothing: .created
      case .unmarkedStore: .adopted
      case .store(let version): version < Schema.version ? .migrated(from: version) : .none
      }
    }
  }

  /// What is in a database, read in one transaction: another program may be creating the store.
  ///
  /// - Throws: ``StoreError/notAStore(_:)`` for the database of another program,
  ///   ``StoreError/newerSchema(_:found:known:)``.
  static func contentChecked(
    _ queue: DatabaseQueue, _ location: StoreLocation
  ) throws -> Content {
    try queue.inDatabase { db in
      try db.beginTransaction(.deferred)
      defer { try? db.rollback() }
      let content = try content(db, location)
      // An empty file has no pages. A file with pages but no tables belongs to another program, or
      // is damaged.
      guard try content != .nothing || pragma("page_count", db) == 0 else {
        throw StoreError.notAStore(location)
      }
      return content
    }
  }

  /// What is in a database.
  ///
  /// - Throws: ``StoreError/notAStore(_:)``, ``StoreError/newerSchema(_:found:known:)``, or an error
  ///   of the database.
  static func content(_ db: Database, _ location: StoreLocation) throws -> Content {
    let version = try pragma("user_version", db)
    guard try applicationID(db) == Schema.applicationID else {
      if try Schema.hasTables(db) { return .unmarkedStore }
      let hasTables = try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema") != nil
      guard !hasTables, version == 0, try applicationID(db) == 0 else {
        throw StoreError.notAStore(location)
      }
      return .nothing
    }
    guard version <= Schema.version else {
      throw StoreError.newerSchema(location, found: version, known: Schema.version)
    }
    return .store(version: version)
  }

  /// Refuses a database that is not a store of this version.
  static func checkContent(_ db: Database, _ location: StoreLocation) throws {
    if case .store = try content(db, location) { return }
    throw StoreError.unmarkedStore(location, applicationID: try applicationID(db))
  }

  /// The number in the header of the file that says which program it belongs to:
  /// sqlite.org/pragma.html#pragma_application_id.
  static func applicationID(_ db: Database) throws -> Int { try pragma("application_id", db) }

  private static func pragma(_ name: String, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA \(name)") ?? 0
  }
}
