import Files
import GRDB

/// A store in one SQLite file.
final class SQLiteStore {
  let location: StoreLocation
  var progress: ProgressReport = { _ in }
  let ids: UUIDGenerator
  /// Tables of plans whose rows may be read later.
  var temporaryTables = TemporaryTables()
  private(set) var hasCommitted = false
  /// How long another program that holds the store, or a file to be written, is waited for.
  let wait: Duration
  /// What the file was when it was opened, where it is read without locks.
  private let lockless: LocklessReading?
  private let queue: DatabaseQueue
  /// The transaction under way, if there is one.
  private var transaction: Transaction?

  init(
    _ queue: DatabaseQueue, at location: StoreLocation, ids: UUIDGenerator = UUIDGenerator(),
    waiting wait: Duration = defaultWait, lockless: LocklessReading? = nil
  ) {
    self.queue = queue
    self.wait = wait
    self.lockless = lockless
    self.location = location
    self.ids = ids
  }

  func close() {
    try? queue.close()
  }

  /// The store as others see it: while this object changes it, through another connection.
  ///
  /// SQLite does not copy what a connection is changing (sqlite.org/c3ref/backup_finish.html). The
  /// file must not be opened otherwise: closing it would release SQLite's locks.
  func committed() throws -> SQLiteStore {
    guard let transaction, transaction.isChange, let path = location.path else { return self }
    let queue = try DatabaseQueue(
      path: FilePath(path).sqliteAddress(), configuration: Self.configuration(readOnly: true, wait))
    return SQLiteStore(queue, at: location, waiting: wait)
  }

  /// Runs a body outside of any transaction, for what SQLite does only there.
  func withoutTransaction<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try location.translatingErrors { try queue.inDatabase(body) }
  }

  // MARK: Transactions

  private struct Transaction {
    let db: Database
    let allowsWriting: Bool
    /// Whether the outermost transaction is one that writes.
    let isChange: Bool
  }

  /// Runs a body on one unchanging state of the store.
  ///
  /// Calls of the store in the body run in the same transaction; those that write are refused, also
  /// when the transaction is one that writes. Temporary tables that the body creates stay.
  ///
  /// The library's own `read` forbids temporary tables, which comparing needs.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try location.translatingErrors {
      if let outer = transaction {
        return try during(
          Transaction(db: outer.db, allowsWriting: false, isChange: outer.isChange), body)
      }
      return try queue.inDatabase { db in
        try inTransaction(
          Transaction(db: db, allowsWriting: false, isChange: false), .deferred, body)
      }
    }
  }

  var isReadWithoutLocks: Bool { lockless != nil }

  func checkUnchanged() throws(StoreError) {
    guard let lockless else { return }
    try location.translatingErrors { try lockless.check() }
  }

  /// Runs a body that changes the store, all of it or nothing.
  ///
  /// Calls of the store in the body run in the same transaction.
  ///
  /// - Parameter checksReferences: Whether the database looks up what each row refers to, and
  ///   clears references to a row that is deleted.
  /// - Throws: ``StoreError/writeDuringRead(_:)`` in the body of a read.
  func write<Value>(
    checksReferences: Bool = true, _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    try location.translatingErrors {
      if let outer = transaction {
        guard outer.allowsWriting else { throw StoreError.writeDuringRead(location) }
        return try inSavepoint(outer, body)
      }
      return try queue.inDatabase { db in
        if !checksReferences {
          // Within a transaction this would do nothing (sqlite.org/foreignkeys.html, section 2).
          try db.execute(sql: "PRAGMA foreign_keys = OFF")
        }
        defer { if !checksReferences { try? db.execute(sql: "PRAGMA foreign_keys = ON") } }
        return try inTransaction(
          Transaction(db: db, allowsWriting: true, isChange: true), .immediate
        ) { db in
          // Rows may be written before those that they refer to.
          if checksReferences { try db.execute(sql: "PRAGMA defer_foreign_keys = ON") }
          try self.checkSerial(db)
          return try body(db)
        }
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
      if transaction.allowsWriting { hasCommitted = true }
      return value
    } catch {
      // SQLite may have rolled back by itself, as after a full disk.
      try? db.rollback()
      throw translated(error, db)
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
}
