import GRDB

extension WorkingCopy {
  /// A changed row of a copy.
  package struct ChangedRow {
    /// The values as text; for a deleted row, only the key.
    package let values: [String?]
    /// Whether the row was deleted.
    package let isDeleted: Bool
    /// Whether the copy did not have the row before.
    package let isNew: Bool
  }

  /// Starts tracking changed rows.
  package func noteChanges(of tables: [CopiedTable]) throws {
    try withDatabase { db in
      try ChangeTriggers.restore(db)
      for (number, table) in tables.enumerated() {
        let notes = Notes(table, number: number)
        for statement in notes.definitions { try db.execute(sql: statement) }
      }
    }
    noted = tables
  }

  /// Reads the changed rows of a table, ordered by a column or by the key.
  package func forEachChange(
    of table: CopiedTable, by order: String? = nil, _ body: (ChangedRow) throws -> Void
  ) throws {
    guard let number = noted.firstIndex(where: { $0.isSame(as: table) }) else { return }
    let notes = Notes(table, number: number)
    try withDatabase { db in
      let rows = try Row.fetchCursor(db, sql: notes.query(orderedBy: order))
      while let row = try rows.next() {
        let isDeleted = row.integer("is_deleted") != 0
        let values = try table.columns.map { try value(of: $0.name, in: row, of: table) }
        try body(
          ChangedRow(
            values: values, isDeleted: isDeleted, isNew: row.integer("is_new") != 0))
      }
    }
  }

  /// The value of a column as text.
  ///
  /// - Throws: ``StoreError/unacceptableValue(_:reason:)`` for text with U+0000, which most
  ///   databases cannot store, and for bytes that are not text.
  private func value(
    of column: String, in row: Row, of table: CopiedTable
  ) throws -> String? {
    if case .string = (row[column] as DatabaseValue).storage, !row.holdsText(column) {
      throw StoreError.unacceptableValue(
        store.location,
        reason: "\(table.name).\(column) holds \(row.literal(column)), which is not valid text")
    }
    return row.text(column)
  }

  /// How many rows of a table were changed.
  package func changeCount(of table: CopiedTable) throws -> Int {
    guard let number = noted.firstIndex(where: { $0.isSame(as: table) }) else { return 0 }
    return try withDatabase { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM \(Notes(table, number: number).name)") ?? 0
    }
  }

  /// The temporary table of changed keys and the temporary triggers that fill it
  /// (sqlite.org/lang_createtrigger.html, "TEMP Triggers on Non-TEMP Tables").
  private struct Notes {
    let table: CopiedTable
    let name: String

    init(_ table: CopiedTable, number: Int) {
      self.table = table
      name = "changed_\(number)"
    }

    private var key: String { table.key.joined(separator: ", ") }

    var definitions: [String] {
      // Names in triggers must not have a schema; temporary tables take precedence.
      let columns = table.columns.map(\.name).filter { !table.key.contains($0) }
      let update =
        table.isPartial && !columns.isEmpty
        ? "UPDATE OF \(columns.joined(separator: ", "))" : "UPDATE"
      return ["CREATE TEMP TABLE \(name) (\(key), is_new, PRIMARY KEY (\(key))) WITHOUT ROWID"]
        + [("INSERT", "NEW", 1), (update, "NEW", 0), ("DELETE", "OLD", 0)].enumerated().map {
          index, event in
          // The outer statement's conflict clause would override `OR IGNORE`
          // (sqlite.org/lang_createtrigger.html).
          let row = table.key.map { "\(event.1).\($0)" }.joined(separator: ", ")
          return """
            CREATE TEMP TRIGGER \(name)_\(index) AFTER \(event.0) ON main.\(table.name)
            WHEN NOT EXISTS (SELECT 1 FROM \(name) WHERE (\(key)) = (\(row)))
            BEGIN INSERT INTO \(name) VALUES (\(row), \(event.2)); END
            """
        }
    }

    func query(orderedBy order: String?) -> String {
      let columns = table.columns.map { column in
        table.key.contains(column.name) ? "noted.\(column.name)" : "held.\(column.name)"
      }
      let join = table.key.map { "held.\($0) = noted.\($0)" }.joined(separator: " AND ")
      let order = order.map { ["held.\($0)"] } ?? table.key.map { "noted.\($0)" }
      return """
        SELECT \(columns.joined(separator: ", ")), noted.is_new,
          held.\(table.key[0]) IS NULL AS is_deleted
        FROM temp.\(name) noted LEFT JOIN main.\(table.name) held ON \(join)
        ORDER BY \(order.joined(separator: ", "))
        """
    }
  }
}

extension CopiedTable {
  fileprivate func isSame(as other: CopiedTable) -> Bool {
    name == other.name && columns.map(\.name) == other.columns.map(\.name)
  }
}
