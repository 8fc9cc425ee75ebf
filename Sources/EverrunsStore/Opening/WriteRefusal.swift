import GRDB

/// A trigger or a constraint of another program rejected a row.
///
/// A trigger can also ignore a write without an error (sqlite.org/lang_createtrigger.html,
/// `RAISE`).
struct WriteRefusal: Error {
  /// The table that was being written.
  let table: String
  /// The row, if it is known.
  var row: String?
  /// The database's message; `nil` if there was none.
  let cause: String?

  init(table: String, row: String? = nil, cause: String? = nil) {
    self.table = table
    self.row = row
    self.cause = cause
  }

  /// The refusal that an error is or indicates; `nil` if it indicates none.
  init?(_ error: any Error) {
    if let refusal = error as? WriteRefusal {
      self = refusal
      return
    }
    guard let error = error as? DatabaseError, error.resultCode == .SQLITE_CONSTRAINT else {
      return nil
    }
    let words = (error.sql ?? "").split(whereSeparator: \.isWhitespace)
    // `INSERT INTO table`, `UPDATE table`, `DELETE FROM table`.
    let table = Schema.tables.first { table in words.prefix(3).contains { $0 == table.name } }
    self.init(table: table?.name ?? "", cause: error.message)
  }

  /// Runs a body that writes one row, or the rows of one thing; a refusal then names that row.
  static func naming<Value>(_ row: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      guard var refusal = Self(error) else { throw error }
      refusal.row = refusal.row ?? row
      throw refusal
    }
  }
}

extension Database {
  /// Throws if the last statement did not write as many rows as expected.
  func expectChanges(_ count: Int, in table: Table) throws {
    guard changesCount == count else { throw WriteRefusal(table: table.name) }
  }

  /// Deletes rows, and throws if some of them were not deleted.
  ///
  /// - Returns: The number of rows.
  @discardableResult
  func delete(from table: Table, where condition: SQL) throws -> Int {
    let planned: SQL = "SELECT count(*) AS rows FROM \(sql: table.name) WHERE \(condition)"
    let rows = try planned.mapFirst(self) { $0.integer("rows") } ?? 0
    try execute(literal: "DELETE FROM \(sql: table.name) WHERE \(condition)")
    try expectChanges(rows, in: table)
    return rows
  }
}

extension SQLiteStore {
  /// Runs a body that carries out a plan.
  ///
  /// If a row is refused and the error does not name it, runs the body again, row by row.
  ///
  /// - Parameter body: Carries out the plan. When it runs row by row it must throw at its end, so
  ///   that nothing is kept: others may have changed the store since the plan was decided.
  /// - Returns: The result of the first run.
  /// - Throws: The error of the first run. If a row was refused, ``StoreError`` names it, provided
  ///   that the second run fails at a row too.
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

  /// The error of a rolled-back transaction, with the triggers that may have caused it.
  func translated(_ error: any Error, _ db: Database) -> any Error {
    guard let refusal = WriteRefusal(error) else { return error }
    let table = Schema.tables.first { $0.name == refusal.table }
    let triggers = try? table.map { try ChangeTriggers.ofOthers(on: [$0], db) }
    return StoreError.writeRefused(
      table: refusal.table, row: refusal.row, cause: refusal.cause, triggers: triggers ?? [])
  }
}
