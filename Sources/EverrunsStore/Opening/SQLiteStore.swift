import Everruns
import Foundation
import GRDB

/// A store in one SQLite file.
public final class SQLiteStore {
  /// Where the store is; empty for one in memory.
  public let path: String
  /// Called with the progress of a run; throw to cancel it.
  public var progress: ProgressReport = { _ in }
  private let queue: DatabaseQueue
  /// Tables of plans whose rows may be read later.
  var temporaryTables = TemporaryTables()
  /// The transaction under way, if there is one.
  private var transaction: Transaction?

  private init(path: String, queue: DatabaseQueue) {
    self.path = path
    self.queue = queue
  }

  /// Opens a store without ever changing a byte of it, also where its folder is read-only.
  ///
  /// - Returns: `nil` if there is no file, or one with nothing in it.
  public static func openForReading(_ path: String) throws(StoreError) -> SQLiteStore? {
    guard try isThere(path) else { return nil }
    return try translatingErrors(path) {
      let (queue, version) = try readingQueue(path)
      guard version > 0 else { return nil }
      guard try version == Schema.version || queue.inDatabase(Schema.isReadable) else {
        throw StoreError.olderSchema(path: path, found: version, known: Schema.version)
      }
      return SQLiteStore(path: path, queue: queue)
    }
  }

  /// Opens a store to change it.
  ///
  /// A file that is not there is made, readable by its owner alone, and an older schema is
  /// brought up to date.
  ///
  /// - Parameters:
  ///   - path: Where the store is or will be.
  ///   - newID: Makes the id of a new store.
  public static func openForWriting(
    _ path: String, newID: () -> String
  ) throws(StoreError) -> SQLiteStore {
    let isNew = try !isThere(path)
    if isNew {
      try StoreFile.create(path)
    }
    return try translatingErrors(path) {
      let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
      let version = try checkedVersion(queue, path: path)
      if version < Schema.version {
        try queue.inDatabase { db in
          if version == 0 {
            // Larger pages halve the time of bulk writes; the size cannot change later.
            try db.execute(sql: "PRAGMA page_size = 16384")
          }
          try db.inTransaction(.exclusive) {
            try Schema.migrate(
              db, from: try versionFound(db, path: path), storeID: newID())
            return .commit
          }
        }
      }
      if isNew {
        try useWriteAheadLog(queue)
      }
      return SQLiteStore(path: path, queue: queue)
    }
  }

  /// Finds out whether a store could be made at a path where there is none, and makes nothing.
  ///
  /// - Throws: what ``openForWriting(_:newID:)`` would.
  public static func checkCreation(at path: String) throws(StoreError) {
    guard try !isThere(path) else { return }
    try StoreFile.checkCreation(path)
  }

  /// A store in memory that holds nothing: what a store that is not there yet is compared as.
  public static func inMemory() throws(StoreError) -> SQLiteStore {
    try translatingErrors("") {
      let queue = try DatabaseQueue(configuration: configuration(readOnly: false))
      try queue.write { try Schema.migrate($0, from: 0, storeID: "") }
      return SQLiteStore(path: "", queue: queue)
    }
  }

  // MARK: Opening

  /// How long somebody else who is writing is waited for.
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
    switch StoreFile.state(of: path) {
    case .missing, .empty: return false
    case .file(beginsLikeSQLite: true): return true
    case .file(beginsLikeSQLite: false): throw .notAStore(path: path)
    case .directory: throw .isDirectory(path: path)
    case .unreadable: throw .permissionDenied(path: path)
    }
  }

  /// A connection that reads, and the version of the schema.
  ///
  /// Where SQLite cannot keep its shared memory beside the file, as on read-only media, the file
  /// cannot be changing either, and is opened as one that never does.
  private static func readingQueue(_ path: String) throws -> (DatabaseQueue, version: Int) {
    func open(_ address: String) throws -> (DatabaseQueue, version: Int) {
      let queue = try DatabaseQueue(path: address, configuration: configuration(readOnly: true))
      return (queue, try checkedVersion(queue, path: path))
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

  /// Closes the connection, after which the store cannot be used any more.
  public func close() {
    try? queue.close()
  }

  /// Lets readers and a writer work side by side.
  ///
  /// Of two programs that make a store at once, the second finds this done or being done.
  private static func useWriteAheadLog(_ queue: DatabaseQueue) throws {
    do {
      try queue.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
  }

  /// The version of the schema, read in one transaction: another program may be creating the store.
  private static func checkedVersion(_ queue: DatabaseQueue, path: String) throws -> Int {
    try queue.inDatabase { db in
      try db.beginTransaction(.deferred)
      defer { try? db.rollback() }
      let version = try versionFound(db, path: path)
      // An empty file has no pages. One with pages and no tables belongs to another program, or is
      // damaged.
      guard try version > 0 || pragma("page_count", db) == 0 else {
        throw StoreError.notAStore(path: path)
      }
      return version
    }
  }

  /// The version of the schema; 0 for a database without tables, as the file of a store is before
  /// its first transaction.
  private static func versionFound(_ db: Database, path: String) throws -> Int {
    let version = try pragma("user_version", db)
    let application = try pragma("application_id", db)
    guard application == Schema.applicationID else {
      let hasTables = try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema") != nil
      guard application == 0, version == 0, !hasTables else {
        throw StoreError.notAStore(path: path)
      }
      return 0
    }
    guard version <= Schema.version else {
      throw StoreError.newerSchema(path: path, found: version, known: Schema.version)
    }
    return version
  }

  private static func pragma(_ name: String, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA \(name)") ?? 0
  }

  // MARK: Transactions

  private struct Transaction {
    let db: Database
    let allowsWriting: Bool
  }

  /// Runs a body on one unchanging state of the store.
  ///
  /// Calls of the store in the body run in the same transaction; those that write are refused, also
  /// when the transaction is one that writes. Temporary tables that the body creates stay.
  ///
  /// The library's own `read` forbids temporary tables, which comparing needs.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try Self.translatingErrors(path) {
      if let outer = transaction {
        return try during(Transaction(db: outer.db, allowsWriting: false), body)
      }
      return try queue.inDatabase { db in
        try inTransaction(Transaction(db: db, allowsWriting: false), .deferred, body)
      }
    }
  }

  /// Runs a body that changes the store, all of it or nothing.
  ///
  /// Calls of the store in the body run in the same transaction.
  ///
  /// - Parameter checksReferences: Whether the database looks up what each row refers to, and
  ///   clears references to a row that is deleted.
  /// - Throws: ``StoreError/writeDuringRead(path:)`` in the body of a read.
  func write<Value>(
    checksReferences: Bool = true, _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    try Self.translatingErrors(path) {
      if let outer = transaction {
        guard outer.allowsWriting else { throw StoreError.writeDuringRead(path: path) }
        return try inSavepoint(outer, body)
      }
      return try queue.inDatabase { db in
        if !checksReferences {
          // Within a transaction this would do nothing (sqlite.org/foreignkeys.html, section 2).
          try db.execute(sql: "PRAGMA foreign_keys = OFF")
        }
        defer { if !checksReferences { try? db.execute(sql: "PRAGMA foreign_keys = ON") } }
        return try inTransaction(Transaction(db: db, allowsWriting: true), .immediate, body)
      }
    }
  }

  private func inTransaction<Value>(
    _ transaction: Transaction, _ kind: Database.TransactionKind,
    _ body: (Database) throws -> Value
  ) throws -> Value {
    let db = transaction.db
    try db.beginTransaction(kind)
    do {
      let value = try during(transaction, body)
      try db.commit()
      return value
    } catch {
      // SQLite may have rolled back by itself, as after a full disk.
      try? db.rollback()
      throw error
    }
  }

  private func inSavepoint<Value>(
    _ transaction: Transaction, _ body: (Database) throws -> Value
  ) throws -> Value {
    var value: Value?
    try transaction.db.inSavepoint {
      value = try during(transaction, body)
      return .commit
    }
    // `inSavepoint` has thrown, or run its body.
    guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
    return value
  }

  private func during<Value>(
    _ transaction: Transaction, _ body: (Database) throws -> Value
  ) rethrows -> Value {
    let outer = self.transaction
    self.transaction = transaction
    defer { self.transaction = outer }
    return try body(transaction.db)
  }

  static func translatingErrors<Value>(
    _ path: String, _ body: () throws -> Value
  ) throws(StoreError) -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch let error as DamagedColumn {
      throw .damaged(path: path, reason: error.reason)
    } catch let error as RowDecodingError {
      throw .damaged(path: path, reason: "\(error)")
    } catch {
      throw .inputOutput(path: path, reason: "\(error)")
    }
  }
}

extension StoreError {
  /// What a failure of SQLite means to the user.
  ///
  /// The codes are those of sqlite.org/rescode.html.
  fileprivate init(_ error: DatabaseError, path: String) {
    let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notAStore(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH: self = .permissionDenied(path: path)
    case .SQLITE_CANTOPEN: self = .cannotCreate(path: path, reason: reason)
    // An error of SQL: our statements fit the schema, and so the schema was altered.
    case .SQLITE_CORRUPT, .SQLITE_FORMAT, .SQLITE_ERROR: self = .damaged(path: path, reason: reason)
    default: self = .inputOutput(path: path, reason: reason)
    }
  }
}
