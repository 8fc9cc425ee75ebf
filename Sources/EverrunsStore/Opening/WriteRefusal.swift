import GRDB

/// The error that a trigger or a constraint of another program kept a row from being written.
///
/// A trigger can also ignore a write without an error (sqlite.org/lang_createtrigger.html, `RAISE`).
struct WriteRefusal: Error {
  /// The table that was written to.
  let table: String
  /// The row, where it is known.
  var row: String?
  /// What the database said; `nil` where it said nothing.
  let cause: String?

  init(table: String, row: String? = nil, cause: String? = nil) {
    self.table = table
    self.row = row
    self.cause = cause
  }

  /// The refusal that an error of the database means, if it means one.
  init?(_ error: DatabaseError) {
    guard error.resultCode == .SQLITE_CONSTRAINT else { return nil }
    let words = (error.sql ?? "").split(whereSeparator: \.isWhitespace)
    // `INSERT INTO table`, `UPDATE table`, `DELETE FROM table`.
    let table = Schema.tables.first { table in words.prefix(3).contains { $0 == table.name } }
    self.init(table: table?.name ?? "", cause: error.message)
  }

  /// Runs a body that writes one row, which its refusal then names.
  static func naming(_ row: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      guard var refusal = error as? WriteRefusal ?? (error as? DatabaseError).flatMap(Self.init)
      else { throw error }
      refusal.row = refusal.row ?? row
      throw refusal
    }
  }
}

extension SQLiteStore {
  /// Throws where the last statement did not write as many rows as it should have.
  static func expectChanges(_ count: Int, _ db: Database, in table: Table) throws {
    guard db.changesCount == count else { throw WriteRefusal(table: table.name) }
  }

  /// Runs a body that carries out a plan; where a row is refused that the error does not name, once
  /// more, row by row.
  ///
  /// - Parameter body: Must throw when it has come to its end row by row, so that nothing of it stays:
  ///   others may have changed the store since the plan was decided about.
  func namingRefusedRow<Value>(_ body: (_ isRowByRow: Bool) throws -> Value) throws -> Value {
    do {
      return try body(false)
    } catch let error as StoreError {
      guard case .writeRefused(_, row: nil, _, _) = error else { throw error }
      do {
        _ = try body(true)
      } catch let named as StoreError {
        if case .writeRefused = named { throw named }
      }
      throw error
    }
  }

  /// The error of a transaction that was rolled back, with the triggers that may be the cause.
  func translated(_ error: any Error, _ db: Database) -> any Error {
    let found = error as? WriteRefusal ?? (error as? DatabaseError).flatMap(WriteRefusal.init)
    guard let refusal = found else { return error }
    let table = Schema.tables.first { $0.name == refusal.table }
    let triggers = try? table.map { try ChangeTriggers.ofOthers(on: [$0], db) }
    return StoreError.writeRefused(
      table: refusal.table, row: refusal.row, cause: refusal.cause, triggers: triggers ?? [])
  }
}
