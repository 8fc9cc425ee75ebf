import GRDB

/// Writes to the store's tables that check what the database did: a trigger of another program can
/// ignore a write without an error, or change the row afterwards.
extension Database {
  /// Columns of a row, with their values.
  typealias Values = KeyValuePairs<String, (any DatabaseValueConvertible)?>

  /// Runs a statement that writes one row.
  func write(_ statement: SQL, to table: Table) throws {
    try execute(literal: statement)
    try expectChanges(1, in: table)
  }

  /// Adds a row.
  func insert(_ row: Values, into table: Table) throws {
    try write(
      "INSERT INTO \(sql: table.name) (\(row.columns)) VALUES (\(row.marks))", to: table)
    let given = table.keyColumns.filter(row.map(\.key).contains)
    // SQLite gave the number.
    let numbered = table.keyColumns.filter { !given.contains($0) }
      .map { SQL(sql: "\($0) = ?", arguments: [lastInsertedRowID]) }
    try expect(
      row, in: table, where: (row.isSame(as: given) + numbered).joined(separator: " AND "))
  }

  /// Writes a row in place of the one with the same key, unless they are equal.
  func put(_ row: Values, into table: Table) throws {
    let key = table.keyColumns
    let isSame = row.isSame(as: key).joined(separator: " AND ")
    guard try !holds(row, in: table, where: isSame) else { return }
    let replaced = row.map(\.key).filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }
    try write(
      """
      INSERT INTO \(sql: table.name) (\(row.columns)) VALUES (\(row.marks))
      ON CONFLICT (\(sql: key.joined(separator: ", "))) DO UPDATE
      SET \(sql: replaced.joined(separator: ", "))
      """, to: table)
    try expect(row, in: table, where: isSame)
  }

  private func holds(_ row: Values, in table: Table, where condition: SQL) throws -> Bool {
    let query: SQL = """
      SELECT 1 FROM \(sql: table.name) WHERE \(condition) AND (\(row.columns)) IS (\(row.marks))
      """
    return try query.mapFirst(self) { _ in true } ?? false
  }

  /// Throws if a row is not as it was written.
  func expect(_ row: Values, in table: Table, where condition: SQL) throws {
    guard try holds(row, in: table, where: condition) else {
      throw WriteRefusal(table: table.name)
    }
  }

  /// Throws if there is a row again that was deleted.
  func expectNone(in table: Table, where condition: SQL) throws {
    let query: SQL = "SELECT 1 FROM \(sql: table.name) WHERE \(condition)"
    guard try query.mapFirst(self, { _ in true }) == nil else {
      throw WriteRefusal(table: table.name)
    }
  }

  /// Sets columns of the rows that satisfy a condition, if they differ.
  func update(_ table: Table, set values: Values, where condition: SQL = "1") throws {
    let differs: SQL = "(\(condition)) AND (\(values.columns)) IS NOT (\(values.marks))"
    try execute(
      "UPDATE \(sql: table.name) SET \(values.assignments) WHERE \(differs)", on: table,
      untilNone: "SELECT 1 FROM \(sql: table.name) WHERE \(differs)")
  }

  /// Deletes the rows that satisfy a condition, after the rows that belong to them.
  ///
  /// Foreign keys would delete those too, but not say which trigger kept one of them.
  ///
  /// - Returns: The number of rows, without those that belong to them.
  @discardableResult
  func delete(from table: Table, where condition: SQL) throws -> Int {
    for (child, reference) in Schema.references(to: table) {
      let belongs: SQL = """
        \(sql: reference.column.name) IN (
          SELECT \(sql: reference.parentColumn) FROM \(sql: table.name) WHERE \(condition))
        """
      switch reference.action {
      case .delete: try delete(from: child, where: belongs)
      case .clear: try update(child, set: [reference.column.name: nil], where: belongs)
      }
    }
    return try execute(
      "DELETE FROM \(sql: table.name) WHERE \(condition)", on: table,
      untilNone: "SELECT 1 FROM \(sql: table.name) WHERE \(condition)")
  }

  /// Runs a statement after which a query finds no rows.
  ///
  /// - Parameters:
  ///   - statement: Writes the rows that the query finds.
  ///   - table: The table that is written.
  ///   - query: Finds what is still to be written.
  /// - Returns: The number of rows that were written.
  /// - Throws: ``WriteRefusal`` if the query finds a row, or `DatabaseError`.
  @discardableResult
  func execute(_ statement: SQL, on table: Table, untilNone query: SQL) throws -> Int {
    try execute(literal: statement)
    let count = changesCount
    guard try query.mapFirst(self, { _ in true }) == nil else {
      throw WriteRefusal(table: table.name)
    }
    return count
  }

  /// Throws if the last statement did not write as many rows as expected.
  func expectChanges(_ count: Int, in table: Table) throws {
    guard changesCount == count else { throw WriteRefusal(table: table.name) }
  }
}

extension Database.Values {
  /// The conditions that some of the columns hold these values.
  fileprivate func isSame(as columns: [String]) -> [SQL] {
    filter { columns.contains($0.key) }.map { column, value in
      SQL(sql: "\(column) = ?", arguments: [value])
    }
  }

  fileprivate var columns: SQL { SQL(sql: map(\.key).joined(separator: ", ")) }

  fileprivate var marks: SQL {
    SQL(
      sql: map { _ in "?" }.joined(separator: ", "), arguments: StatementArguments(map(\.value)))
  }

  fileprivate var assignments: SQL {
    SQL(
      sql: map { "\($0.key) = ?" }.joined(separator: ", "),
      arguments: StatementArguments(map(\.value)))
  }
}

extension Schema {
  /// The columns that reference a table, each with the table that it belongs to.
  static func references(
    to target: Table
  ) -> [(table: Table, reference: Table.Reference)] {
    tables.flatMap { table in
      table.references.filter { $0.table == target.name }.map { (table, $0) }
    }
  }
}
