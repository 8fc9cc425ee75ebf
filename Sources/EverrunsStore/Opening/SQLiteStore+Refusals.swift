import GRDB

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
}

extension StoreError {
  /// The error of a transaction in which a write was refused, with the triggers that may have done
  /// it; any other error is unchanged.
  ///
  /// The triggers are those on the table or, if there are none, on the tables of what belongs to
  /// its rows; if there are none either and the row was changed again, those on the bookkeeping,
  /// which is written last. An organization can be deleted by any.
  static func namingTriggers(_ error: any Error, _ db: Database) -> any Error {
    guard let refusal = WriteRefusal(error) else { return error }
    let table = Schema.tables.filter { $0.name == refusal.table }
    let parts = Schema.tables.filter { part in
      part.references.contains { $0.table == refusal.table && $0.action == .delete }
    }
    func triggers(on tables: [Table]) -> [String] {
      (try? ChangeTriggers.ofOthers(on: tables, db)) ?? []
    }
    let last =
      switch refusal.cause {
      case WriteRefusal.changedAgain: Table.bookkeeping
      case WriteRefusal.deletedOrganization: Schema.tables
      default: [Table]()
      }
    return writeRefused(
      table: refusal.table, row: refusal.row, cause: refusal.cause,
      triggers: [table, parts, last].lazy.map(triggers(on:)).first { !$0.isEmpty } ?? [])
  }
}
