import Everruns
import Foundation
import GRDB

/// A store in one SQLite file.
///
/// The library's connection is opened when it is first needed: what a run with nothing to do asks
/// of a store that is opened to be read, a ``PlainConnection`` answers in less time.
public final class SQLiteStore: Store {
  /// Where the store is; empty for one in memory.
  public let path: String
  /// Hears how far a run has come, and may stop it by throwing.
  public var progress: ProgressReport = { _ in }
  private let openQueue: () throws -> DatabaseQueue
  private var openedQueue: DatabaseQueue?
  /// The connection for little questions, until the library's is opened.
  private var plain: PlainConnection?
  /// The connection, while a transaction is under way.
  private var current: (any RowReader)?

  private init(path: String, queue: DatabaseQueue) {
    self.path = path
    openedQueue = queue
    openQueue = { queue }
    plain = nil
  }

  private init(
    path: String, plain: PlainConnection, openQueue: @escaping () throws -> DatabaseQueue
  ) {
    self.path = path
    self.plain = plain
    self.openQueue = openQueue
  }

  /// The library's connection, which takes the place of the plain one.
  func queue() throws -> DatabaseQueue {
    if let openedQueue { return openedQueue }
    let queue = try openQueue()
    openedQueue = queue
    if current == nil { plain = nil }
    return queue
  }

  /// Opens a store without ever changing a byte of it, also where its folder is read-only.
  ///
  /// - Returns: `nil` if there is no file, or one with nothing in it.
  public static func openForReading(_ path: String) throws(StoreError) -> SQLiteStore? {
    guard try isThere(path) else { return nil }
    return try translatingErrors(path) {
      let (plain, address, version) = try readingConnection(path)
      guard version > 0 else { return nil }
      guard version >= Schema.oldestReadable else {
        throw StoreError.olderSchema(path: path, found: version, known: Schema.version)
      }
      return SQLiteStore(path: path, plain: plain) {
        try DatabaseQueue(path: address, configuration: configuration(readOnly: true))
      }
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
      let version = try queue.inDatabase { try checkedVersion($0, path: path) }
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

  /// A connection that reads, with the address that it was opened with and the version of the
  /// schema.
  ///
  /// Where SQLite cannot keep its shared memory beside the file, as on read-only media, the file
  /// cannot be changing either, and is opened as one that never does.
  private static func readingConnection(
    _ path: String
  ) throws -> (PlainConnection, address: String, version: Int) {
    func connection(
      _ address: String
    ) throws -> (PlainConnection, address: String, version: Int) {
      let connection = try PlainConnection(address, busyTimeout: busyTimeout)
      return (connection, address, try checkedVersion(connection, path: path))
    }
    do {
      return try connection(path)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
      && !StoreFile.hasPendingLog(path)
    {
      return try connection(StoreFile.immutableURI(path))
    }
  }

  /// Ends the use of the store.
  ///
  /// The library's queue is left to the end of the process: letting go of it starts a thread of the
  /// system's pool, which takes as long as opening the store.
  public func close() {
    plain?.close()
    guard let openedQueue else { return }
    try? openedQueue.close()
    _ = Unmanaged.passRetained(openedQueue)
  }

  /// Lets readers and a writer work side by side.
  ///
  /// Of two programs that make a store at once, the second finds this done or being done.
  private static func useWriteAheadLog(_ queue: DatabaseQueue) throws {
    do {
      try queue.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
  }

  /// The version of the schema, asked for in one transaction: somebody else may be making the
  /// store between two questions.
  private static func checkedVersion(_ reader: some RowReader, path: String) throws -> Int {
    // Of one that is made nothing changes any more that is asked for here.
    if let version = try? versionFound(reader, path: path), version > 0 { return version }
    return try reader.inSnapshot {
      let version = try versionFound(reader, path: path)
      // A file with nothing in it has no pages. One that has pages and no tables belongs to
      // somebody else, or something has happened to it.
      guard try version > 0 || pragma("page_count", reader) == 0 else {
        throw StoreError.notAStore(path: path)
      }
      return version
    }
  }

  /// The version of the schema; 0 for a database without tables, as the file of a store is before
  /// its first transaction.
  private static func versionFound(_ reader: some RowReader, path: String) throws -> Int {
    let version = try pragma("user_version", reader)
    let application = try pragma("application_id", reader)
    guard application == Schema.applicationID else {
      let hasTables = try reader.firstRow("SELECT 1 FROM sqlite_schema") != nil
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

  private static func pragma(_ name: String, _ reader: some RowReader) throws -> Int {
    try reader.firstRow("PRAGMA \(name)")?.integer(name) ?? 0
  }

  // MARK: Transactions

  /// Runs a body on one unchanging state of the store.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try Self.translatingErrors(path) { try reading(body) }
  }

  /// Runs a body that changes the store, all of it or nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try Self.translatingErrors(path) { try writing(body) }
  }

  /// Runs a body on one unchanging state of the store; what it throws by itself is its own.
  ///
  /// The library's own `read` forbids temporary tables too, which comparing needs.
  func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try inTransaction(.deferred, body) { try $0.rollback() }
  }

  /// Runs a body that asks for few rows, on one unchanging state of the store; what it throws by
  /// itself is its own.
  func glancing<Value>(_ body: (any RowReader) throws -> Value) throws -> Value {
    if let current { return try body(current) }
    guard let plain else { return try reading(body) }
    do {
      return try plain.inSnapshot {
        current = plain
        defer { current = nil }
        return try body(plain)
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  /// Runs a body that asks for few rows, on one unchanging state of the store.
  func glance<Value>(_ body: (any RowReader) throws -> Value) throws(StoreError) -> Value {
    try Self.translatingErrors(path) { try glancing(body) }
  }

  /// Runs a body that changes the store, all of it or nothing; what it throws by itself is its own.
  ///
  /// - Parameter checksReferences: Whether the database looks up what each row refers to, and lets
  ///   go of what refers to a row that is deleted.
  func writing<Value>(
    checksReferences: Bool = true, _ body: (Database) throws -> Value
  ) throws -> Value {
    try inTransaction(.immediate, checksReferences: checksReferences, body) { try $0.commit() }
  }

  /// A body that asks the store again while it runs, as one that looks at the rows of a plan, is
  /// answered from the same transaction.
  private func inTransaction<Value>(
    _ kind: Database.TransactionKind, checksReferences: Bool = true,
    _ body: (Database) throws -> Value, end: (Database) throws -> Void
  ) throws -> Value {
    if let current = current as? Database { return try body(current) }
    do {
      return try queue().inDatabase { db in
        if !checksReferences {
          // Within a transaction this would do nothing (sqlite.org/foreignkeys.html, section 2).
          try db.execute(sql: "PRAGMA foreign_keys = OFF")
        }
        defer { if !checksReferences { try? db.execute(sql: "PRAGMA foreign_keys = ON") } }
        try db.beginTransaction(kind)
        let outer = current
        current = db
        defer { current = outer }
        do {
          let value = try body(db)
          try end(db)
          return value
        } catch {
          // SQLite may have rolled back by itself, as after a full disk.
          try? db.rollback()
          throw error
        }
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
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
    case .SQLITE_CORRUPT, .SQLITE_FORMAT: self = .damaged(path: path, reason: reason)
    default: self = .inputOutput(path: path, reason: reason)
    }
  }
}
