import Files
import GRDB

/// A store in one SQLite file.
final class SQLiteStore {
  let location: StoreLocation
  var progress: ProgressReport = { _ in }
  let ids: UUIDGenerator
  /// The temporary tables of plans whose rows may still be read.
  var temporaryTables = TemporaryTables()
  private(set) var hasCommitted: Bool
  let preparation: StorePreparation
  /// The wait for another program that holds a lock on the store or on a file to be written.
  let wait: LockWait
  /// The state of the file when it was opened, if it is read without locks.
  private let lockless: LocklessReading?
  /// The header of the file when it was opened, for a check of the store.
  let header: DatabaseHeader?
  /// What the store is an excerpt of, if it is one.
  var excerpt: Excerpt?
  private let queue: DatabaseQueue
  /// The current transaction, if there is one.
  private var transaction: Transaction?

  init(
    _ queue: DatabaseQueue, at location: StoreLocation, ids: UUIDGenerator = UUIDGenerator(),
    waiting wait: LockWait = defaultWait, lockless: LocklessReading? = nil,
    header: DatabaseHeader? = nil, preparation: StorePreparation = .none
  ) {
    self.queue = queue
    self.header = header
    self.wait = wait
    self.lockless = lockless
    self.location = location
    self.ids = ids
    self.preparation = preparation
    hasCommitted = preparation != .none
  }

  func close() {
    try? queue.close()
  }

  /// The store as other connections see it; during a write transaction through another connection.
  ///
  /// SQLite does not copy uncommitted changes of a connection
  /// (sqlite.org/c3ref/backup_finish.html).
  func committed() throws -> SQLiteStore {
    guard let transaction, transaction.isChange, let path = location.path else { return self }
    let queue = try Self.connection(to: FilePath(path), readOnly: true, waiting: wait)
    return SQLiteStore(queue, at: location, waiting: wait)
  }

  /// Runs `body` outside any transaction, for statements that SQLite allows only there.
  func withoutTransaction<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try location.translatingErrors { try queue.inDatabase(body) }
  }

  // MARK: Transactions

  /// Runs a body with the connection: in the transaction under way, or in one of its own.
  func withDatabase<Value>(_ body: (Database) throws -> Value) throws -> Value {
    if let transaction { return try body(transaction.db) }
    return try queue.inDatabase { db in
      var value: Value?
      try db.inTransaction {
        value = try body(db)
        return .commit
      }
      guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
      return value
    }
  }

  private struct Transaction {
    let db: Database
    let allowsWriting: Bool
    /// Whether the outermost transaction writes.
    let isChange: Bool
  }

  /// Runs `body` in a read transaction.
  ///
  /// Calls of the store in `body` run in the same transaction. Those that write are refused, even
  /// if the outermost transaction writes. Temporary tables that `body` creates are kept.
  ///
  /// GRDB's own `read` forbids temporary tables, which a comparison needs.
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

  /// Runs `body` in a write transaction.
  ///
  /// Calls of the store in `body` run in the same transaction.
  ///
  /// - Parameters:
  ///   - checksReferences: Whether SQLite checks foreign keys, and clears references to deleted
  ///     rows.
  ///   - body: Reads and writes; if it throws, nothing that it wrote is kept.
  /// - Returns: The result of `body`, once it is committed.
  /// - Throws: ``StoreError/writeDuringRead(_:)`` in the body of a read; otherwise the error of the
  ///   database or of `body`, as a ``StoreError``.
  func write<Value>(
    checksReferences: Bool = true, _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    try location.translatingErrors {
      if let outer = transaction {
        guard outer.allowsWriting else { throw StoreError.writeDuringRead(location) }
        return try inSavepoint(outer, body)
      }
      return try queue.inDatabase { db in
        // An excerpt may lack the rows that others reference.
        let isSwitching = !checksReferences && excerpt == nil
        if isSwitching {
          // Within a transaction this would have no effect (sqlite.org/foreignkeys.html, section
          // 2).
          try db.execute(sql: "PRAGMA foreign_keys = OFF")
        }
        defer { if isSwitching { try? db.execute(sql: "PRAGMA foreign_keys = ON") } }
        // Whether the history got an entry; other writes do not count as a change.
        var isRecorded = false
        let value = try inTransaction(
          Transaction(db: db, allowsWriting: true, isChange: true), .immediate
        ) { db in
          // Rows may be written before the rows that they reference.
          if checksReferences { try db.execute(sql: "PRAGMA defer_foreign_keys = ON") }
          // An excerpt has no triggers while it is filled.
          if excerpt == nil {
            // Another program may have changed the schema while the lock was waited for.
            try Self.checkContent(db, location)
            try Schema.check(db)
          }
          try self.state(db).checkSerial()
          guard excerpt == nil else { return try body(db) }
          let entry = try latestEntry(db)
          let numbers =
            try ChangeTriggers.ofOthers(on: Schema.tables, db).isEmpty ? nil : StateRow.numbers(db)
          let value = try body(db)
          if let numbers { try StateRow.check(db, since: numbers) }
          isRecorded = try latestEntry(db) != entry
          return value
        }
        hasCommitted = hasCommitted || isRecorded
        return value
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
      if transaction.allowsWriting {
        try db.commit()
      } else {
        try Self.endReading(db)
      }
      return value
    } catch {
      // SQLite may have rolled back on its own, as after a full disk.
      try? db.rollback()
      throw StoreError.namingTriggers(error, db)
    }
  }

  /// Ends a transaction that has nothing to commit.
  private static func endReading(_ db: Database) throws {
    do {
      try db.commit()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      // SQLite does not commit after it found damage, even if the reader went on.
      try? db.rollback()
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
    // `inSavepoint` has either thrown or run its body.
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
