import GRDB

/// The tables of a store, and its migrations.
///
/// Tables and columns have the names of the control plane's own database, so that knowledge and SQL
/// carry over.
enum Schema {
  /// The application id that marks an SQLite file as a store: `EVRC`.
  static let applicationID: Int32 = 0x4556_5243

  /// The version after the last step.
  static var version: Int { steps.last?.version ?? 0 }

  static let tables = Table.bookkeeping + Table.controlPlane + Table.running

  /// The table of the store with a name; `nil` if it has none.
  static func table(named name: String) -> Table? { tables.first { $0.name == name } }

  /// A migration step; it runs on stores of any older version.
  private struct Step: Sendable {
    /// The version after the step.
    let version: Int
    let run: @Sendable (Database) throws -> Void
  }

  /// The steps, oldest first.
  ///
  /// A changed table or trigger needs a new version. Versions 1 and 2 changed while they were new,
  /// so their number does not determine which tables and columns a store has; the first step
  /// checks.
  private static let steps = [
    // Adds the tables of sessions and turns (6), and the columns of what a rollback restored (7).
    Step(version: 7) { try complete($0) },
    // Gives events a position among those of all sessions.
    Step(version: 8) { try addEventPositions($0) },
    // Shortens triggers, which are recreated after the last step.
    Step(version: 9) { _ in },
    // Adds the column of the organizations that an entry of the history concerns. It stays empty in
    // the entries that are there: names, which were given to several organizations, are not ids.
    Step(version: 10) { try complete($0) },
  ]

  /// Migrates a store; a newly created one gets its tables and its id.
  ///
  /// Call it in an exclusive transaction that also read the version: if two programs create a store
  /// at once, the second then finds nothing to do.
  static func migrate(_ db: Database, from version: Int, storeID: String) throws {
    // Triggers may reference tables that a step replaces.
    try ChangeTriggers.drop(db)
    for step in steps where step.version > version { try step.run(db) }
    try finish(db, storeID: storeID)
  }

  /// Restores what other programs removed, if that loses no data: tables, nullable columns,
  /// indexes, triggers, and the store's state row.
  ///
  /// Call it in an exclusive transaction.
  static func repair(_ db: Database, storeID: String) throws {
    try ChangeTriggers.drop(db)
    try complete(db)
    try finish(db, storeID: storeID)
  }

  private static func finish(_ db: Database, storeID: String) throws {
    try StateRow.restore(db, storeID: storeID)
    try OrganizationNumbers.remember(db)
    try ChangeTriggers.restore(db)
    try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    try db.execute(sql: "PRAGMA user_version = \(Self.version)")
    let problems = try problems(db)
    guard problems.isEmpty else { throw SchemaDamage(problems: problems) }
    try rememberCheck(db)
  }

  /// Creates missing tables, columns and indexes.
  ///
  /// Caches are emptied, or recreated if they have another form, and what relies on them is
  /// forgotten: the store is compared as a whole again. An added column is
  /// nullable or has a default, as SQLite requires (sqlite.org/lang_altertable.html, section 5).
  private static func complete(_ db: Database) throws {
    let problems = try problems(db)
    let inTheWay = problems.filter(\.isInTheWay)
    guard inTheWay.isEmpty else { throw SchemaDamage(problems: inTheWay) }
    for table in tables where table.isCache { try empty(table, db) }
    for case .indexAltered(_, let index) in problems {
      try db.execute(sql: "DROP INDEX \(index)")
    }
    for table in tables {
      let present = try columnNames(of: table, db)
      if present.isEmpty {
        try db.execute(sql: table.creation)
      } else {
        for column in table.columns where !present.contains(column.name) && column.canBeAdded {
          try db.execute(sql: "ALTER TABLE \(table.name) ADD COLUMN \(column.declaration)")
        }
      }
      for creation in table.indexCreations { try db.execute(sql: creation) }
    }
    // A dump may have the schema version that this was recorded with.
    try db.execute(sql: "UPDATE store_state SET settled_as = NULL WHERE settled_as IS NOT NULL")
  }

  private static func empty(_ cache: Table, _ db: Database) throws {
    let form = try Row.fetchOne(
      db, sql: "SELECT sql FROM sqlite_schema WHERE name = ? COLLATE NOCASE",
      arguments: [cache.name]
    )?.text("sql")
    if form == cache.creation {
      try db.execute(sql: "DELETE FROM \(cache.name)")
    } else if form == nil {
      try db.execute(sql: cache.creation)
    } else {
      try recreate(cache, keepingRows: false, db)
    }
  }

  /// Recreates the table of events with positions, in the order in which they were written.
  ///
  /// A primary key cannot be added to a table (sqlite.org/lang_altertable.html, section 5).
  private static func addEventPositions(_ db: Database) throws {
    guard try !columnNames(of: .events, db).contains("position") else { return }
    try recreate(.events, keepingRows: true, db)
  }

  /// Recreates a table in its present form.
  ///
  /// The columns, indexes and triggers that other programs added are kept.
  private static func recreate(_ table: Table, keepingRows: Bool, _ db: Database) throws {
    let present = try columnNames(of: table, db)
    let known = Set(table.columns.map(\.name) + table.formerColumns)
    let others = try db.map(
      "SELECT name, type, dflt_value FROM pragma_table_info(?)", [table.name]
    ) { row in
      (
        name: row.text("name") ?? "", type: row.text("type") ?? "",
        defaultValue: row.text("dflt_value").map { " DEFAULT (\($0))" } ?? ""
      )
    }.filter { !known.contains($0.name.lowercased()) }
    let added =
      try statements(of: "index", on: table, db) + statements(of: "trigger", on: table, db)
    let old = "old_\(table.name)"
    try db.execute(
      sql: keepingRows
        ? "ALTER TABLE \(table.name) RENAME TO \(old)" : "DROP TABLE \(table.name)")
    try db.execute(sql: table.creation)
    for other in others {
      try db.execute(
        sql: """
          ALTER TABLE \(table.name)
          ADD COLUMN \(other.name.quotedIdentifier) \(other.type)\(other.defaultValue)
          """)
    }
    if keepingRows {
      let columns =
        (table.columns.map(\.name).filter(present.contains)
        + others.map(\.name.quotedIdentifier)).joined(separator: ", ")
      try db.execute(
        sql: """
          INSERT INTO \(table.name) (\(columns)) SELECT \(columns) FROM \(old) ORDER BY rowid;
          DROP TABLE \(old);
          """)
    }
    for statement in added { try db.execute(sql: statement) }
  }

  /// The statements that created the indexes or triggers of a table.
  ///
  /// While the schema changes, the triggers are those of other programs.
  private static func statements(
    of type: String, on table: Table, _ db: Database
  ) throws -> [String] {
    try db.map(
      """
      SELECT sql FROM sqlite_schema
      WHERE type = ? AND tbl_name = ? COLLATE NOCASE AND sql IS NOT NULL ORDER BY name
      """, [type, table.name]
    ) { $0.text("sql") ?? "" }
  }

  /// Whether a store of an older version has everything that reading needs.
  static func isReadable(_ db: Database) throws -> Bool {
    try tables.filter { !$0.isCache && $0.isNeededToRead }.allSatisfy { table in
      let present = try columnNames(of: table, db)
      return table.columns.allSatisfy { !$0.isNeededToRead || present.contains($0.name) }
    }
  }

  /// Whether the tables of a store exist, whatever else does.
  static func hasTables(_ db: Database) throws -> Bool {
    try [Table.storeState, .organizations, .harnesses, .platformRevisions].allSatisfy { table in
      try Row.fetchOne(
        db, sql: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?",
        arguments: [table.name]) != nil
    }
  }

  /// The names of the columns of a table; empty if the table does not exist.
  private static func columnNames(of table: Table, _ db: Database) throws -> Set<String> {
    try String.fetchSet(
      db, sql: "SELECT lower(name) FROM pragma_table_info(?)", arguments: [table.name])
  }
}

extension Table.Column {
  /// Whether the column can be added to a table that already has rows.
  var canBeAdded: Bool {
    !definition.contains("PRIMARY KEY") && !definition.contains("UNIQUE")
      && (!definition.contains("NOT NULL") || definition.contains("DEFAULT"))
  }
}
