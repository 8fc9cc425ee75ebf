import Everruns
import GRDB

extension SQLiteStore {
  /// Opens a store without ever changing a byte of it, also where its folder is read-only.
  ///
  /// - Returns: `nil` if there is no file, or one with nothing in it.
  static func openForReading(_ path: String) throws(StoreError) -> SQLiteStore? {
    guard try isThere(path) else { return nil }
    let location = StoreLocation.file(path: path)
    return try location.translatingErrors {
      let (queue, version) = try readingQueue(path)
      guard version > 0 else { return nil }
      guard try version == Schema.version || queue.inDatabase(Schema.isReadable) else {
        throw StoreError.olderSchema(location, found: version, known: Schema.version)
      }
      return SQLiteStore(queue, at: location)
    }
  }

  /// Opens a store to change it.
  ///
  /// A file that is not there is created, readable by its owner alone, and an older schema is
  /// migrated.
  static func openForWriting(
    _ path: String, ids: UUIDGenerator = UUIDGenerator()
  ) throws(StoreError) -> SQLiteStore {
    let isNew = try !isThere(path)
    if isNew { try StoreFile.create(path) }
    let location = StoreLocation.file(path: path)
    return try location.translatingErrors {
      let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
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
      if isNew { try useWriteAheadLog(queue) }
      return SQLiteStore(queue, at: location, ids: ids)
    }
  }

  /// Finds out whether a store could be created at a path where there is none, and creates nothing.
  ///
  /// - Throws: what opening it for writing would.
  static func checkCreation(at path: String) throws(StoreError) {
    guard try !isThere(path) else { return }
    try StoreFile.checkCreation(path)
  }

  /// A store in memory that holds nothing: what a store that is not there yet is compared as.
  static func inMemory() throws(StoreError) -> SQLiteStore {
    let location = StoreLocation.file(path: "")
    return try location.translatingErrors {
      let queue = try DatabaseQueue(configuration: configuration(readOnly: false))
      try queue.write { try Schema.migrate($0, from: 0, storeID: "") }
      return SQLiteStore(queue, at: location)
    }
  }

  /// How long another program that is writing is waited for.
  ///
  /// SQLite's default is to fail at once.
  private static let busyTimeout = Duration.seconds(5)

  private static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(busyTimeout / .seconds(1))
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
    switch StoreFile.state(of: path) {
    case .missing, .empty: return false
    case .file(beginsLikeSQLite: true): return true
    case .file(beginsLikeSQLite: false): throw .notAStore(location)
    case .directory: throw .isDirectory(location)
    case .unreadable: throw .permissionDenied(location)
    }
  }

  /// A connection that reads, and the version of the schema.
  ///
  /// Where SQLite cannot keep its shared memory beside the file, as on read-only media, the file
  /// cannot be changing either, and is opened as one that never does.
  private static func readingQueue(_ path: String) throws -> (DatabaseQueue, version: Int) {
    func open(_ address: String) throws -> (DatabaseQueue, version: Int) {
      let queue = try DatabaseQueue(path: address, configuration: configuration(readOnly: true))
      return (queue, try checkedVersion(queue, .file(path: path)))
    }
    do {
      return try open(path)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
      && !StoreFile.hasPendingLog(path)
    {
      return try open(StoreFile.immutableURI(path))
    }
  }

  /// Lets readers and a writer work side by side.
  ///
  /// Of two programs that create a store at once, the second finds this done or being done.
  private static func useWriteAheadLog(_ queue: DatabaseQueue) throws {
    do {
      try queue.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
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
