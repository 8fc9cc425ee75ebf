import Everruns
import Files
import Foundation
import GRDB

extension SQLiteStore {
  /// Opens a store without ever changing a byte of it, also where its folder is read-only.
  ///
  /// - Parameters:
  ///   - path: Where the store is.
  ///   - wait: How long another program that holds it is waited for.
  /// - Returns: `nil` if there is no file, or one with nothing in it.
  static func openForReading(
    _ path: String, waiting wait: Duration = defaultWait
  ) throws(StoreError) -> SQLiteStore? {
    guard try isThere(path) else { return nil }
    let location = StoreLocation.file(path: path)
    return try location.translatingErrors {
      let (queue, version, reading) = try readingQueue(path, wait)
      guard version > 0 else { return nil }
      guard try version == Schema.version || queue.inDatabase(Schema.isReadable) else {
        throw StoreError.olderSchema(location, found: version, known: Schema.version)
      }
      return SQLiteStore(queue, at: location, waiting: wait, lockless: reading)
    }
  }

  /// Opens a store to change it.
  ///
  /// A file that is not there is created, readable by its owner alone, and an older schema is
  /// migrated.
  static func openForWriting(
    _ path: String, ids: UUIDGenerator = UUIDGenerator(), waiting wait: Duration = defaultWait
  ) throws(StoreError) -> SQLiteStore {
    let isNew = try !isThere(path)
    let location = StoreLocation.file(path: path)
    return try location.translatingErrors {
      if isNew { try StoreFile.create(FilePath(path)) }
      let queue = try DatabaseQueue(
        path: FilePath(path).sqliteAddress(), configuration: configuration(readOnly: false, wait))
      let version = try checkedVersion(queue, location)
      if version < Schema.version {
        try queue.inDatabase { db in
          if version == 0 {
            // Larger pages halve the time of bulk writes; the size cannot change later.
            try db.execute(sql: "PRAGMA page_size = 16384")
          }
          try db.inTransaction(.exclusive) {
            try Schema.migrate(
              db, from: try versionFound(db, location), storeID: ids.next().text)
            return .commit
          }
        }
      }
      try useWriteAheadLog(queue, wait)
      return SQLiteStore(queue, at: location, ids: ids, waiting: wait)
    }
  }

  /// Finds out whether a store could be created at a path where there is none, and creates nothing.
  ///
  /// - Throws: what opening it for writing would.
  static func checkCreation(at path: String) throws(StoreError) {
    guard try !isThere(path) else { return }
    try StoreLocation.file(path: path).translatingErrors {
      try StoreFile.checkCreation(FilePath(path))
    }
  }

  /// A store in memory that holds nothing: what a store that is not there yet is compared as.
  static func inMemory() throws(StoreError) -> SQLiteStore {
    let location = StoreLocation.file(path: "")
    return try location.translatingErrors {
      let queue = try DatabaseQueue(configuration: configuration(readOnly: false, defaultWait))
      try queue.write { try Schema.migrate($0, from: 0, storeID: "") }
      return SQLiteStore(queue, at: location)
    }
  }

  /// How long another program that is writing is waited for if nobody says otherwise.
  ///
  /// SQLite's default is to fail at once.
  static let defaultWait = Duration.seconds(5)

  static func configuration(readOnly: Bool, _ wait: Duration) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(wait / .seconds(1))
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      if !readOnly {
        try db.execute(sql: "PRAGMA synchronous = FULL")
      }
    }
    return configuration
  }

  /// Whether there is a file with content at a path.
  private static func isThere(_ path: String) throws(StoreError) -> Bool {
    let location = StoreLocation.file(path: path)
    return try location.translatingErrors {
      switch try StoreFile.state(of: FilePath(path)) {
      case .missing, .empty: return false
      case .file(beginsLikeSQLite: true): return true
      case .file(beginsLikeSQLite: false): throw StoreError.notAStore(location)
      case .directory: throw StoreError.isDirectory(location)
      }
    }
  }

  /// A connection that reads, and the version of the schema.
  ///
  /// Where the folder cannot be written and has no shared memory of SQLite's beside the file, no
  /// program has the store open that could tell us of its changes. The file is then read without
  /// locks, and looked at afterwards. Changes in a log cannot be read so.
  private static func readingQueue(
    _ path: String, _ wait: Duration
  ) throws -> (DatabaseQueue, version: Int, LocklessReading?) {
    let location = StoreLocation.file(path: path)
    func open(_ address: String) throws -> (DatabaseQueue, version: Int) {
      let queue = try DatabaseQueue(
        path: address, configuration: configuration(readOnly: true, wait))
      return (queue, try checkedVersion(queue, location))
    }
    do {
      let (queue, version) = try open(FilePath(path).sqliteAddress())
      return (queue, version, nil)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      let file = try FilePath(path).followingLinks()
      guard !file.folder.isAccessible(W_OK),
        try FileStatus.of(file.adding(suffix: "-shm")) == nil
      else { throw error }
      let reading = try LocklessReading(of: file, at: location)
      let (queue, version) = try open(file.sqliteAddress(isImmutable: true))
      return (queue, version, reading)
    }
  }

  /// Lets readers and a writer work side by side, also in a store that was restored from a copy.
  ///
  /// That takes the store alone. While another program has it open, it stays as it is, and so it
  /// does where two programs create it at once and the second finds this done.
  private static func useWriteAheadLog(_ queue: DatabaseQueue, _ wait: Duration) throws {
    try queue.inDatabase { db in
      guard try String.fetchOne(db, sql: "PRAGMA journal_mode") != "wal" else { return }
      try db.execute(sql: "PRAGMA busy_timeout = 0")
      do {
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
      try db.execute(sql: "PRAGMA busy_timeout = \(Int(wait / .milliseconds(1)))")
    }
  }

  // MARK: The version of the schema

  /// The version of the schema, read in one transaction: another program may be creating the store.
  private static func checkedVersion(
    _ queue: DatabaseQueue, _ location: StoreLocation
  ) throws -> Int {
    try queue.inDatabase { db in
      try db.beginTransaction(.deferred)
      defer { try? db.rollback() }
      let version = try versionFound(db, location)
      // An empty file has no pages. One with pages and no tables belongs to another program, or is
      // damaged.
      guard try version > 0 || pragma("page_count", db) == 0 else {
        throw StoreError.notAStore(location)
      }
      return version
    }
  }

  /// The version of the schema; 0 for a database without tables, as the file of a store is before
  /// its first transaction.
  private static func versionFound(_ db: Database, _ location: StoreLocation) throws -> Int {
    let version = try pragma("user_version", db)
    let application = try pragma("application_id", db)
    guard application == Schema.applicationID else {
      let hasTables = try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema") != nil
      guard application == 0, version == 0, !hasTables else {
        throw StoreError.notAStore(location)
      }
      return 0
    }
    guard version <= Schema.version else {
      throw StoreError.newerSchema(location, found: version, known: Schema.version)
    }
    return version
  }

  private static func pragma(_ name: String, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA \(name)") ?? 0
  }
}
