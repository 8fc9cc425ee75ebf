import GRDB

/// What other programs added to the tables of a store, and can make a command fail.
enum OtherPrograms {
  /// An index, a trigger, a view or a table.
  private struct Item: Hashable {
    let type: String
    let name: String
    let table: String
    let sql: String

    init(_ row: Row) {
      type = row.text("type") ?? ""
      name = row.text("name") ?? ""
      table = (row.text("tbl_name") ?? "").lowercased()
      sql = row.text("sql") ?? ""
    }

    /// The words of the statement that created it.
    var words: [String] { sql.sqlWords }

    /// Whether it is a trigger that can refuse or ignore a write.
    var refuses: Bool { words.contains("raise") }

    /// The tables that a trigger writes to.
    var written: Set<String> {
      let body = Array(words.drop { $0 != "begin" })
      return Set(
        body.indices.compactMap { index -> String? in
          var rest = body[(index + 1)...]
          switch body[index] {
          case "into": break
          case "from" where index > 0 && body[index - 1] == "delete": break
          // `UPDATE OR IGNORE table`.
          case "update": if rest.first == "or" { rest = rest.dropFirst(2) }
          default: return nil
          }
          return rest.first
        })
    }

    /// Whether it is a trigger that writes to a table of the store.
    var changesStore: Bool { written.contains { Schema.table(named: $0) != nil } }

    var description: String { "\(type) '\(name)' of another program" }

    func finding(_ message: String) -> StoreFinding {
      StoreFinding(
        table: type == "view" ? nil : table, "\(description) \(message)",
        remedy: "DROP \(type.uppercased()) \(name.quotedIdentifier)")
    }
  }

  /// Everything that can make a write fail, or cannot be used.
  static func findings(_ db: Database) throws -> [StoreFinding] {
    let broken = try brokenItems(db)
    return try broken + uncomputableColumns(db)
      + restrictions(db).filter { finding in
        !broken.contains { $0.remedy == finding.remedy }
      }
  }

  // MARK: What restricts writes

  /// Triggers, unique indexes and constraints that can refuse, ignore or change a write.
  static func restrictions(_ db: Database) throws -> [StoreFinding] {
    let tables = Set(Schema.tables.map(\.name))
    let items = try items(db)
    let triggers = firedTriggers(among: items).compactMap { trigger -> StoreFinding? in
      if trigger.refuses { return trigger.finding("can refuse or ignore writes") }
      return trigger.changesStore ? trigger.finding("changes rows again after a write") : nil
    }
    let unique = try db.map(
      """
      SELECT t.name AS "table", i.name FROM sqlite_schema t JOIN pragma_index_list(t.name) i
      WHERE t.type = 'table' AND i.origin = 'c' AND i."unique" ORDER BY 1, 2
      """
    ) { [$0.text("table")?.lowercased(), $0.text("name")] }
    let indexes = items.filter {
      $0.type == "index" && tables.contains($0.table) && unique.contains([$0.table, $0.name])
    }
    return try triggers + indexes.map { $0.finding("can refuse rows") } + constraints(db)
  }

  /// The triggers that a write to a table of the store can fire, those of other programs' tables
  /// included.
  private static func firedTriggers(among items: [Item]) -> [Item] {
    let triggers = items.filter { $0.type == "trigger" }
    var reached = Set(Schema.tables.map(\.name))
    while true {
      let more = triggers.filter { reached.contains($0.table) }.reduce(into: reached) {
        $0.formUnion($1.written)
      }
      guard more != reached else { return triggers.filter { reached.contains($0.table) } }
      reached = more
    }
  }

  /// Constraints that another program added to a table.
  private static func constraints(_ db: Database) throws -> [StoreFinding] {
    func finding(_ table: Table, _ what: String) -> StoreFinding {
      StoreFinding(
        table: table.name, "\(what) can refuse rows",
        remedy: "restore a backup, or create the table again without it")
    }
    return try Schema.tables.flatMap { table -> [StoreFinding] in
      let ours = Set(table.columns.map(\.name))
      let required = try db.map(
        """
        SELECT lower(name) AS name FROM pragma_table_info(?)
        WHERE "notnull" AND pk = 0 AND dflt_value IS NULL
        """, [table.name]
      ) { $0.text("name") ?? "" }.filter { !ours.contains($0) }
      let keys = try Schema.otherKeys(of: table, db)
      let checks =
        try db.map(
          "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE",
          [table.name]
        ) { $0.text("sql").map(numberOfChecks) ?? 0 }.first ?? 0
      return required.map {
        finding(table, "column \($0) of another program, which has no default,")
      }
        + keys.map { finding(table, "the unique key (\($0.joined(separator: ", ")))") }
        + (checks > numberOfChecks(in: table.creation)
          ? [finding(table, "a CHECK constraint")] : [])
    }
  }

  private static func numberOfChecks(in sql: String) -> Int {
    sql.sqlWords.count { $0 == "check" }
  }

  // MARK: What cannot be used

  /// Triggers and other items without which a row could be written.
  ///
  /// SQLite compiles a statement together with the triggers that it fires.
  private static func brokenItems(_ db: Database) throws -> [StoreFinding] {
    let isSound = try Schema.problems(db).isEmpty
    var found: [StoreFinding] = []
    for table in Schema.tables {
      let columns = try db.map("SELECT lower(name) AS name FROM pragma_table_info(?)", [table.name])
      {
        $0.text("name") ?? ""
      }
      let present = table.columns.map(\.name).filter(columns.contains)
      guard !present.isEmpty else { continue }
      for statement in [
        "SELECT 1 FROM \(table.name) WHERE \(present.map { "\($0) IS \($0)" }.joined(separator: " AND "))",
        "INSERT INTO \(table.name) DEFAULT VALUES",
        "UPDATE \(table.name) SET \(present.map { "\($0) = \($0)" }.joined(separator: ", "))",
        "DELETE FROM \(table.name)",
      ] {
        do {
          _ = try db.makeStatement(sql: statement)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
          let message = error.message ?? "\(error.resultCode)"
          let culprits = try culprits(message, of: statement, on: table, isSound: isSound, db)
          found += culprits.filter { !found.contains($0) }
        }
      }
    }
    return found
  }

  /// Generated columns that cannot be computed for a row: whoever reads the whole row fails.
  static func uncomputableColumns(_ db: Database) throws -> [StoreFinding] {
    try Schema.tables.flatMap { table in
      try db.map(
        "SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)", [table.name]
      ) { $0.text("name") ?? "" }.compactMap { column -> StoreFinding? in
        do {
          _ = try Row.fetchOne(
            db, sql: "SELECT max(\(column.quotedIdentifier)) FROM \(table.name)")
          return nil
        } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
          return StoreFinding(
            table: table.name,
            "column '\(column)' of another program cannot be computed: "
              + (error.message ?? "\(error.resultCode)"),
            remedy: "ALTER TABLE \(table.name) DROP COLUMN \(column.quotedIdentifier)")
        }
      }
    }
  }

  /// The items that cause the error of a statement that works with a table.
  private static func culprits(
    _ message: String, of statement: String, on table: Table, isSound: Bool, _ db: Database
  ) throws -> [StoreFinding] {
    // `no such table: main.gone`, `no such column: NEW.gone`, `no such function: gone`.
    let missing = message.split { " .:".contains($0) }.last.map { $0.lowercased() } ?? ""
    let items = try items(db)
    let named = items.filter { $0.words.contains(missing) }
    let event = statement.prefix { $0 != " " }.lowercased()
    let own = items.filter { item in
      item.type == "trigger" && item.table == table.name
        && item.words.prefix { $0 != "begin" }.contains(event)
    }
    for group in [named.filter { $0.table == table.name }, named] + (isSound ? [own] : [])
    where !group.isEmpty {
      return group.map { $0.finding("cannot be used: \(message)") }
    }
    // Without a table or column of the store, its own triggers cannot run either.
    guard isSound else { return [] }
    // A declaration of a table can name a collation that does not exist.
    let declaring = try db.map(
      """
      SELECT lower(name) AS name FROM sqlite_schema
      WHERE type = 'table' AND instr(lower(sql), ?) ORDER BY name
      """, [missing]
    ) { $0.text("name") ?? "" }
    return (declaring.isEmpty ? [table.name] : declaring).map { table in
      StoreFinding(
        table: table, "rows cannot be read or written: \(message)",
        remedy: "restore a backup, or create the table again without the cause")
    }
  }

  /// What prevents the migration that ended with an error.
  static func obstacles(_ error: DatabaseError, _ db: Database) throws -> [StoreFinding] {
    let message = error.message ?? "\(error.resultCode)"
    // SQLite reads every view and trigger when a table is renamed:
    // sqlite.org/lang_altertable.html, section 2.
    let broken = try items(db).filter { item in
      message.hasPrefix("error in \(item.type) \(item.name)")
        || item.type == "view"
          && (try? db.makeStatement(
            sql: "SELECT 1 FROM \(item.name.quotedIdentifier)")) == nil
    }
    guard broken.isEmpty else {
      return broken.map { $0.finding("prevents the migration: \(message)") }
    }
    let restrictions = try restrictions(db)
    return [
      StoreFinding(
        "the store cannot be migrated: \(message)",
        remedy: restrictions.first?.remedy ?? "restore a backup, or undo what changed the schema")
    ]
  }

  /// The triggers, indexes and views that the store does not make itself.
  private static func items(_ db: Database) throws -> [Item] {
    let ours = Set(
      Schema.tables.flatMap(\.indexes).map(\.name) + ChangeTriggers.all.map(\.name))
    return try db.map(
      """
      SELECT type, name, tbl_name, sql FROM sqlite_schema
      WHERE type IN ('trigger', 'index', 'view') AND sql IS NOT NULL ORDER BY type, name
      """, [], Item.init
    ).filter { !ours.contains($0.name.lowercased()) }
  }
}

extension String {
  /// A statement without its texts and comments: sqlite.org/lang_keywords.html.
  private var withoutTexts: String {
    var rest = Substring(self)
    var result = ""
    /// Takes what begins here, up to and with its end.
    func take(upTo end: String) -> Substring {
      let after = rest.dropFirst().firstRange(of: end)?.upperBound ?? rest.endIndex
      defer { rest = rest[after...] }
      return rest[..<after]
    }
    while let first = rest.first {
      switch first {
      case "'":
        _ = take(upTo: "'")
        result += " "
      case "-" where rest.hasPrefix("--"):
        _ = take(upTo: "\n")
        result += " "
      case "/" where rest.hasPrefix("/*"):
        _ = take(upTo: "*/")
        result += " "
      case "\"", "`": result += take(upTo: String(first))
      case "[": result += take(upTo: "]")
      default:
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// The keywords, names and numbers of a statement, in lowercase, without its texts.
  fileprivate var sqlWords: [String] {
    withoutTexts.lowercased().split {
      !($0.isLetter || $0.isNumber || $0 == "_")
    }.map(String.init)
  }
}
