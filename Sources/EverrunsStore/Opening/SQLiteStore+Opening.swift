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
}
