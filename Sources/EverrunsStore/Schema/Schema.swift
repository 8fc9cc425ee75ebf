import GRDB

/// The tables of a store, and the steps that lead to them.
///
/// Tables and columns carry the names of the control plane's own database, so that knowledge and
/// SQL carry over.
enum Schema {
  /// What marks a SQLite file as a store: `EVRC`.
  static let applicationID: Int32 = 0x4556_5243

  /// The version that the last step leads to.
  static var version: Int { steps.last?.version ?? 0 }

  static let tables = Table.bookkeeping + Table.controlPlane

  /// A step of the schema: it runs on stores of any older version.
  private struct Step: Sendable {
    /// The version that it leads to.
    let version: Int
    let run: @Sendable (Database) throws -> Void
  }

  /// The steps, oldest first.
  ///
  /// Another form of a table or a trigger takes another version. What versions 1 and 2 consist of
  /// changed while they were new, so the number of a store does not tell which tables and columns it
  /// has: the first step looks for itself.
  private static let steps = [Step(version: 5) { try complete($0) }]

  /// Brings a store up to date; one that has just been created gets its tables and its id.
  ///
  /// Must be called in an exclusive transaction, in which the version was read: of two programs that
  /// create a store at once, the second then finds nothing left to do.
  static func migrate(_ db: Database, from version: Int, storeID: String) throws {
    // Triggers may name tables that a step replaces.
    try ChangeTriggers.drop(db)
    for step in steps where step.version > version { try step.run(db) }
    try finish(db, storeID: storeID)
  }

  /// Puts back what other programs took away, as far as nothing is lost by it: tables, columns that
  /// may be empty, indexes, triggers, and what the store knows about itself.
  ///
  /// Must be called in an exclusive transaction.
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

  /// Creates the tables, columns and indexes that are not there.
  ///
  /// Caches are created anew: their form may have changed, and nothing is lost. A column that is
  /// added is nullable or has a default, as SQLite demands (sqlite.org/lang_altertable.html,
  /// section 5).
  private static func complete(_ db: Database) throws {
    for table in tables where table.isCache {
      try db.execute(sql: "DROP TABLE IF EXISTS \(table.name)")
    }
    for case .indexAltered(_, let index) in try problems(db) {
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
  }

  /// Whether a store of an older version has everything that reading needs.
  static func isReadable(_ db: Database) throws -> Bool {
    try tables.filter { !$0.isCache && $0.isNeededToRead }.allSatisfy { table in
      let present = try columnNames(of: table, db)
      return table.columns.allSatisfy { $0.isCache || present.contains($0.name) }
    }
  }

  /// Whether the tables of a store are there, whatever else is.
  static func hasTables(_ db: Database) throws -> Bool {
    try [Table.storeState, .organizations, .harnesses, .platformRevisions].allSatisfy { table in
      try Row.fetchOne(
        db, sql: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?",
        arguments: [table.name]) != nil
    }
  }

  /// The names of the columns of a table; none if there is no such table.
  private static func columnNames(of table: Table, _ db: Database) throws -> Set<String> {
    try String.fetchSet(
      db, sql: "SELECT lower(name) FROM pragma_table_info(?)", arguments: [table.name])
  }
}

extension Table.Column {
  /// Whether the column can be added to a table that has rows.
  var canBeAdded: Bool {
    !definition.contains("PRIMARY KEY") && !definition.contains("UNIQUE")
      && (!definition.contains("NOT NULL") || definition.contains("DEFAULT"))
  }
}
