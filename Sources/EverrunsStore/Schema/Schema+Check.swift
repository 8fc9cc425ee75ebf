import GRDB
import Messages

/// A difference between a store's schema and the expected one.
enum SchemaProblem: Hashable {
  case tableMissing(String)
  /// There is a view with the table's name.
  case notATable(String)
  /// Another program has a table with that name, which lacks columns that cannot be added.
  case tableOfOthers(String, missing: [String])
  case columnMissing(table: String, column: String)
  case columnType(table: String, column: String, found: String, wanted: String)
  /// The column allows NULL.
  case columnNullable(table: String, column: String)
  /// The column's text is not compared byte by byte.
  case columnCollated(table: String, column: String)
  /// A column of another program has the name under which rows are found by number.
  case rowNumberHidden(table: String)
  /// The unique constraint on these columns is missing.
  case notUnique(table: String, columns: [String])
  case indexMissing(table: String, index: String)
  case indexAltered(table: String, index: String)
  case triggerMissing(String)
  case triggerAltered(String)
  /// Text is stored in another encoding.
  case encoding(String)
  /// The one row of `store_state` is missing.
  case stateMissing

  /// Whether ``Schema/repair(_:storeID:)`` can restore it.
  var isRepairable: Bool {
    switch self {
    case .tableMissing, .indexMissing, .indexAltered, .triggerMissing, .triggerAltered,
      .stateMissing:
      true
    case .columnMissing(let table, let column):
      Schema.table(named: table)?.column(named: column)?.canBeAdded
        ?? false
    case .notATable, .tableOfOthers, .columnType, .columnNullable, .columnCollated,
      .rowNumberHidden, .notUnique, .encoding:
      false
    }
  }

  /// Whether something else has the name of a table.
  var isInTheWay: Bool {
    switch self {
    case .notATable, .tableOfOthers: true
    default: false
    }
  }

  /// The table concerned, if it is a single one.
  var table: String? {
    switch self {
    case .tableMissing(let table), .notATable(let table), .tableOfOthers(let table, _),
      .columnMissing(let table, _),
      .columnType(let table, _, _, _), .columnNullable(let table, _),
      .columnCollated(let table, _), .rowNumberHidden(let table), .notUnique(let table, _),
      .indexMissing(let table, _), .indexAltered(let table, _):
      table
    case .triggerMissing, .triggerAltered, .encoding: nil
    case .stateMissing: Table.storeState.name
    }
  }

  /// The problem, as part of a sentence.
  var reason: String {
    switch self {
    case .tableMissing(let table): "table \(table) is missing"
    case .notATable(let table): "\(table) is not a table"
    case .tableOfOthers(let table, let missing):
      "a table \(table) of another program is in the way, and must be renamed (it has no "
        + "\(missing.count == 1 ? "column" : "columns") \(missing.joined(asListWith: "and")))"
    case .columnMissing(let table, let column): "column \(table).\(column) is missing"
    case .columnType(let table, let column, let found, let wanted):
      "column \(table).\(column) has type '\(found)' instead of \(wanted)"
    case .columnNullable(let table, let column): "column \(table).\(column) allows NULL"
    case .columnCollated(let table, let column):
      "column \(table).\(column) has a collation (COLLATE), so that different texts are equal"
    case .rowNumberHidden(let table):
      "a column \(table).\(Schema.rowNumber) of another program is in the way, and must be renamed"
    case .notUnique(let table, let columns):
      "\(table) has no unique key (\(columns.joined(separator: ", ")))"
    case .indexMissing(_, let index): "index \(index) is missing"
    case .indexAltered(_, let index): "index \(index) was altered"
    case .triggerMissing(let trigger): "trigger \(trigger) is missing"
    case .triggerAltered(let trigger): "trigger \(trigger) was altered"
    case .encoding(let encoding): "text is stored as \(encoding) instead of UTF-8"
    case .stateMissing:
      "the row of store_state is missing, so \(OrganizationNumbers.mayBeReused)"
    }
  }
}

/// The schema is damaged.
struct SchemaDamage: Error {
  let problems: [SchemaProblem]
}

extension Schema {
  /// Throws if the schema is damaged.
  ///
  /// The schema is compared once after each change: SQLite counts changes (sqlite.org/pragma.html,
  /// `schema_version`), and the count of the last sound schema is recorded.
  static func check(_ db: Database, isComplete: Bool = true) throws {
    guard try !isChecked(db) else { return }
    let problems = try problems(db, isComplete: isComplete)
    guard problems.isEmpty else { throw SchemaDamage(problems: problems) }
  }

  /// Whether the schema was compared since its last change.
  static func isChecked(_ db: Database) throws -> Bool {
    do {
      return try Bool.fetchOne(
        db,
        sql: "SELECT checked_schema_version IS (SELECT schema_version FROM pragma_schema_version)"
          + " FROM store_state") ?? false
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      return false
    }
  }

  /// Records that the current schema is sound.
  static func rememberCheck(_ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE store_state
        SET checked_schema_version = (SELECT schema_version FROM pragma_schema_version)
        """)
  }

  /// Changes the store's own triggers; the schema still counts as compared if it did before.
  static func keepingCheck(_ db: Database, _ body: () throws -> Void) throws {
    let isChecked = try isChecked(db)
    try body()
    if isChecked { try rememberCheck(db) }
  }

  /// Every difference from the expected schema.
  ///
  /// - Parameters:
  ///   - db: The database.
  ///   - isComplete: Whether to expect everything, not only what reading needs; whatever stands in
  ///     the way of a table is a problem anyway.
  /// - Returns: The differences; empty if there are none.
  /// - Throws: An error of the database.
  static func problems(_ db: Database, isComplete: Bool = true) throws -> [SchemaProblem] {
    let expected = try expected.get()
    let found = try Shape(db)
    var problems: [SchemaProblem] = []
    let encoding = try String.fetchOne(db, sql: "PRAGMA encoding") ?? ""
    if encoding != "UTF-8" { problems.append(.encoding(encoding)) }
    for table in tables {
      let isNeeded = isComplete || !table.isCache && table.isNeededToRead
      guard let columns = found.columns[table.name] else {
        if isNeeded { problems.append(.tableMissing(table.name)) }
        continue
      }
      // Nothing can be written while something else has the name of a table.
      guard !found.views.contains(table.name) else {
        problems.append(.notATable(table.name))
        continue
      }
      let missing = unaddable(table, present: Set(columns.keys))
      guard missing.isEmpty else {
        problems.append(.tableOfOthers(table.name, missing: missing))
        continue
      }
      guard isNeeded else { continue }
      for column in table.columns where isComplete || column.isNeededToRead {
        guard let wanted = expected.columns[table.name]?[column.name] else { continue }
        guard let column = columns[column.name] else {
          problems.append(.columnMissing(table: table.name, column: wanted.name))
          continue
        }
        if column.type != wanted.type {
          problems.append(
            .columnType(
              table: table.name, column: wanted.name, found: column.type, wanted: wanted.type))
        }
        if wanted.isRequired, !column.isRequired {
          problems.append(.columnNullable(table: table.name, column: wanted.name))
        }
        if found.collated.contains(table.name), column.type == "TEXT",
          try isCollated(column.name, of: table, db)
        {
          problems.append(.columnCollated(table: table.name, column: wanted.name))
        }
      }
      if !table.isWithoutRowID, found.hidden.contains(table.name) {
        problems.append(.rowNumberHidden(table: table.name))
      }
      for key in (expected.keys[table.name] ?? []).subtracting(found.keys[table.name] ?? [])
        .sorted(by: { $0.lexicographicallyPrecedes($1) })
      {
        problems.append(.notUnique(table: table.name, columns: key))
      }
      for index in isComplete ? table.indexes : [] {
        if let sql = found.indexes[index.name] {
          if sql != expected.indexes[index.name] {
            problems.append(.indexAltered(table: table.name, index: index.name))
          }
        } else {
          problems.append(.indexMissing(table: table.name, index: index.name))
        }
      }
    }
    if found.columns[Table.storeState.name] != nil, !found.views.contains(Table.storeState.name),
      try Row.fetchOne(db, sql: "SELECT 1 FROM store_state") == nil
    {
      problems.append(.stateMissing)
    }
    return problems + (isComplete ? try ChangeTriggers.problems(db) : [])
  }

  /// The name of a row's number (sqlite.org/lang_createtable.html, section 5).
  static let rowNumber = "_rowid_"

  /// Whether a column takes texts for equal that differ in case or in blanks at their end.
  ///
  /// A compound query has the collations of its first part, and nothing else tells them.
  private static func isCollated(_ column: String, of table: Table, _ db: Database) throws -> Bool {
    do {
      return try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM (
            SELECT \(column) AS text FROM \(table.name) WHERE 0 UNION ALL SELECT 'a ')
          WHERE text = 'a' OR text = 'A '
          """) != 0
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      // The collation is another program's, and cannot be used at all.
      return false
    }
  }

  /// The columns that make a table another program's: most columns are missing, and these cannot be
  /// added.
  ///
  /// - Returns: The missing columns that cannot be added; empty if the table is the store's.
  private static func unaddable(_ table: Table, present: Set<String>) -> [String] {
    // A cache of another form is recreated.
    guard !table.isCache else { return [] }
    let missing = table.columns.filter { !present.contains($0.name) }
    guard missing.count * 2 > table.columns.count else { return [] }
    return missing.filter { !$0.canBeAdded }.map(\.name)
  }

  /// The columns of each unique key that a table declares and the store does not need.
  static func otherKeys(of table: Table, _ db: Database) throws -> [[String]] {
    let expected = try expected.get().keys[table.name] ?? []
    return try db.map(
      "SELECT name FROM pragma_index_list(?) WHERE origin = 'u' ORDER BY seq", [table.name]
    ) { $0.text("name") }.map { index in
      try db.map("SELECT name FROM pragma_index_info(?) ORDER BY name", [index]) {
        ($0.text("name") ?? "").lowercased()
      }
    }.filter { !expected.contains($0) }
  }

  /// The schema of a new store.
  private static let expected = Result {
    try DatabaseQueue().write { db in
      for table in tables {
        try db.execute(sql: table.creation)
        for creation in table.indexCreations { try db.execute(sql: creation) }
      }
      return try Shape(db)
    }
  }

  /// The tables, columns, keys and indexes of a database, by lowercase name.
  private struct Shape: Sendable {
    struct Column: Sendable {
      let name: String
      let type: String
      let isRequired: Bool
    }

    var columns: [String: [String: Column]] = [:]
    var views: Set<String> = []
    /// The tables in which a column, generated or not, hides the numbers of the rows.
    var hidden: Set<String> = []
    /// The tables that declare collations, for whichever columns.
    var collated: Set<String> = []
    /// The columns of each unique key, sorted by name.
    var keys: [String: Set<[String]>] = [:]
    /// The statements that created indexes.
    var indexes: [String: String] = [:]

    init(_ db: Database) throws {
      let tables =
        "sqlite_schema t WHERE t.type IN ('table', 'view') AND t.sql NOT LIKE 'CREATE VIRTUAL%'"
      for table in try Row.fetchAll(db, sql: "SELECT t.name, t.type, t.sql FROM \(tables)") {
        guard let name = table.text("name"), Schema.isOurs(name) else { continue }
        if table.text("type") == "view" { views.insert(name.lowercased()) }
        if table.text("sql")?.lowercased().contains("collate") == true {
          collated.insert(name.lowercased())
        }
        try read(name, db)
      }
      for row in try Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
      {
        indexes[(row.text("name") ?? "").lowercased()] = (row.text("sql") ?? "")
          .replacing("IF NOT EXISTS ", with: "")
      }
    }

    private mutating func read(_ table: String, _ db: Database) throws {
      var primaryKey: [String] = []
      var columns: [String: Column] = [:]
      let rows = try Row.fetchAll(
        db, sql: #"SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?)"#,
        arguments: [table])
      for row in rows {
        let name = (row.text("name") ?? "").lowercased()
        if name == Schema.rowNumber { hidden.insert(table.lowercased()) }
        guard row.integer("hidden") == 0 else { continue }
        let isKey = row.integer("pk") > 0
        if isKey { primaryKey.append(name) }
        columns[name] = Column(
          name: name, type: (row.text("type") ?? "").uppercased(),
          // An integer primary key is never NULL, whether declared so or not.
          isRequired: row.integer("notnull") != 0)
      }
      self.columns[table.lowercased()] = columns
      var keys: Set<[String]> = primaryKey.isEmpty ? [] : [primaryKey.sorted()]
      let indexes = try Row.fetchAll(
        db, sql: #"SELECT name FROM pragma_index_list(?) WHERE "unique" AND NOT partial"#,
        arguments: [table])
      for index in indexes {
        keys.insert(
          try Row.fetchAll(
            db, sql: "SELECT name FROM pragma_index_info(?) ORDER BY name",
            arguments: [index.text("name")]
          ).map { ($0.text("name") ?? "").lowercased() })
      }
      self.keys[table.lowercased()] = keys
    }
  }

  private static func isOurs(_ name: String) -> Bool {
    tables.contains { $0.name == name.lowercased() }
  }
}
