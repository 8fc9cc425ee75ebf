import GRDB

extension WorkingCopy {
  /// A row of a copy that was changed.
  package struct ChangedRow {
    /// The values of its columns as text; those of a row that was deleted are `nil` but for the key.
    package let values: [String?]
    /// Whether the row was deleted.
    package let isDeleted: Bool
  }

  /// Notes from now on which rows are changed.
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

  /// Reads the changed rows of a table, in the order of a column or else of the key.
  ///
  /// - Parameter order: The column whose equal values should stand together.
  package func forEachChange(
    of table: CopiedTable, by order: String? = nil, _ body: (ChangedRow) throws -> Void
  ) throws {
    guard let number = noted.firstIndex(where: { $0.isSame(as: table) }) else { return }
    let notes = Notes(table, number: number)
    try withDatabase { db in
      let rows = try Row.fetchCursor(db, sql: notes.query(orderedBy: order))
      while let row = try rows.next() {
        let isDeleted = row.integer("is_deleted") != 0
        try body(
          ChangedRow(values: table.columns.map { row.text($0.name) }, isDeleted: isDeleted))
      }
    }
  }

  /// How many rows of a table were changed.
  package func changeCount(of table: CopiedTable) throws -> Int {
    guard let number = noted.firstIndex(where: { $0.isSame(as: table) }) else { return 0 }
    return try withDatabase { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM \(Notes(table, number: number).name)") ?? 0
    }
  }

  /// The temporary table in which triggers note the keys of changed rows.
  ///
  /// Temporary triggers may be about tables of the store, and are none of them
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
      // Triggers must not name a schema, and find temporary tables first.
      let columns = table.columns.map(\.name).filter { !table.key.contains($0) }
      let update =
        table.isPartial && !columns.isEmpty
        ? "UPDATE OF \(columns.joined(separator: ", "))" : "UPDATE"
      return ["CREATE TEMP TABLE \(name) (\(key), PRIMARY KEY (\(key))) WITHOUT ROWID"]
        + [("INSERT", "NEW"), (update, "NEW"), ("DELETE", "OLD")].enumerated().map { index, event in
          // What the statement does about conflicts would also hold for the insertion here
          // (sqlite.org/lang_createtrigger.html), so that there must be none.
          let row = table.key.map { "\(event.1).\($0)" }.joined(separator: ", ")
          return """
            CREATE TEMP TRIGGER \(name)_\(index) AFTER \(event.0) ON main.\(table.name)
            WHEN NOT EXISTS (SELECT 1 FROM \(name) WHERE (\(key)) = (\(row)))
            BEGIN INSERT INTO \(name) VALUES (\(row)); END
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
        SELECT \(columns.joined(separator: ", ")), held.\(table.key[0]) IS NULL AS is_deleted
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
