import EverrunsDocuments
import GRDB

/// The triggers that record changes of a store, whichever program makes them.
///
/// Every change of a row raises the serial. A change that may affect how an organization's
/// harnesses or settings compare with the definition also notes the organization as unsettled; the
/// next run looks only at those (see ``SettledState``).
///
/// The triggers are recreated after the last step of a migration, so that their definition exists
/// once for stores of every age.
struct ChangeTriggers {
  /// One trigger by its name.
  struct Trigger {
    let name: String
    /// The table whose changes fire it.
    let table: String
    /// The statement that creates it, without a trailing semicolon, as SQLite stores it.
    let sql: String
  }

  static let all: [Trigger] =
    countedTables.flatMap { table in Event.allCases.map { counting($0, of: table) } }
    + replacing + [applied] + remembered + sealing

  /// Names of triggers that older versions had and this version does not.
  private static let formerNames = Event.allCases.map {
    "seed_decision_\($0.rawValue.lowercased())"
  }

  // MARK: Making and checking

  /// Creates all of them, replacing existing ones.
  static func restore(_ db: Database) throws {
    try drop(db)
    for trigger in all { try db.execute(sql: trigger.sql) }
  }

  /// Drops all of them, including those of older versions; triggers of other programs are kept.
  static func drop(_ db: Database) throws {
    let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE \(isOurs)")
    for name in names { try db.execute(sql: "DROP TRIGGER \(name.quotedIdentifier)") }
  }

  /// Selects the store's own triggers in a schema, by their exact names.
  private static let isOurs = """
    type = 'trigger' AND name COLLATE NOCASE IN (\((all.map(\.name) + formerNames)
      .map { "'\($0)'" }.joined(separator: ", ")))
    """

  /// The names of triggers that other programs created on certain tables.
  static func ofOthers(on tables: [Table], _ db: Database) throws -> [String] {
    let names = tables.map { "'\($0.name)'" }.joined(separator: ", ")
    return try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_schema
        WHERE type = 'trigger' AND NOT (\(isOurs)) AND tbl_name COLLATE NOCASE IN (\(names))
        ORDER BY name
        """)
  }

  /// Runs a body without the triggers of other programs on certain tables, which are there again
  /// afterwards; within a transaction.
  static func settingOthersAside(
    on tables: [Table], _ db: Database, _ body: () throws -> Void
  ) throws {
    let names = try ofOthers(on: tables, db)
    let texts = try names.compactMap { name in
      try String.fetchOne(
        db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?",
        arguments: [name])
    }
    for name in names { try db.execute(sql: "DROP TRIGGER \(name.quotedIdentifier)") }
    try body()
    for text in texts { try db.execute(sql: text) }
  }

  /// The texts of all triggers of the database, those of other programs included, as an SQL
  /// expression.
  static let allTexts = """
    (SELECT group_concat(sql, ';') FROM (
      SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name))
    """

  /// The texts of all of them, ordered by name.
  static let texts =
    all.sorted { $0.name.precedesInBytes($1.name) }.map(\.sql).joined(separator: ";")

  /// Those that are missing or were altered.
  ///
  /// A table that was dropped has taken its triggers with it, which is one problem.
  static func problems(_ db: Database) throws -> [SchemaProblem] {
    let tables = try String.fetchSet(
      db, sql: "SELECT lower(name) FROM sqlite_schema WHERE type = 'table'")
    let present = try Row.fetchAll(
      db, sql: "SELECT lower(name) AS name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).reduce(into: [String: String]()) { $0[$1.text("name") ?? ""] = $1.text("sql") ?? "" }
    return all.filter { tables.contains($0.table) }.compactMap { trigger in
      guard let text = present[trigger.name] else { return .triggerMissing(trigger.name) }
      return trigger.sql == text ? nil : .triggerAltered(trigger.name)
    }
  }

  // MARK: What they do

  private enum Event: String, CaseIterable {
    case insert = "INSERT"
    case update = "UPDATE"
    case delete = "DELETE"

    /// The row aliases that an event provides.
    var rows: [String] {
      switch self {
      case .insert: ["NEW"]
      case .update: ["NEW", "OLD"]
      case .delete: ["OLD"]
      }
    }
  }

  /// The tables whose changes raise the serial.
  private static let countedTables = Table.controlPlane.map(\.name)

  /// The columns whose changes count as a change of a harness: not seeding's bookkeeping.
  private static let countedHarnessColumns = list(Table.harnesses.sharedColumns.map(\.name))

  /// A list of names in SQL, wrapped for people who read the schema with `sqlite3`.
  private static func list(_ names: [String]) -> String {
    let width = 90
    return names.dropFirst().reduce((text: names.first ?? "", length: names.first?.count ?? 0)) {
      list, name in
      let length = list.length + name.count + 2
      return length <= width
        ? ("\(list.text), \(name)", length) : ("\(list.text),\n\(name)", name.count)
    }.text
  }

  private static let raisesSerial = "UPDATE store_state SET serial = serial + 1;"

  private static func counting(_ event: Event, of table: String) -> Trigger {
    let columns = table == "harnesses" && event == .update ? " OF \(countedHarnessColumns)" : ""
    let numbers = table == "organizations" && event != .delete ? [OrganizationNumbers.noting] : []
    let statements = [raisesSerial] + numbers + unsettles(table, event)
    return Trigger(
      name: "\(table)_\(event.rawValue.lowercased())_raises_serial", table: table,
      sql: """
        CREATE TRIGGER \(table)_\(event.rawValue.lowercased())_raises_serial
        AFTER \(event.rawValue)\(columns) ON \(table)
        BEGIN \(statements.joined(separator: " ")) END
        """)
  }

  /// Notes organizations.
  ///
  /// Not `OR IGNORE`: the outer statement's conflict clause overrides the trigger's
  /// (sqlite.org/lang_createtrigger.html), so another program's `INSERT OR ABORT` would fail.
  ///
  /// - Parameter rows: The part of an `INSERT` that has their numbers: `VALUES`, or a query with a
  ///   condition.
  /// - Returns: A statement of a trigger.
  private static func unsettle(_ rows: String) -> String {
    "INSERT INTO seed_unsettled (org_id) \(rows) ON CONFLICT DO NOTHING;"
  }

  /// Notes the organization of a new or old row.
  private static func unsettleOrganization(of row: String) -> String {
    unsettle("VALUES (\(row).org_id)")
  }

  /// Notes the organizations of harnesses that satisfy a condition.
  private static func unsettleHarnesses(where condition: String) -> String {
    unsettle("SELECT org_id FROM harnesses WHERE \(condition)")
  }

  private static func unsettles(_ table: String, _ event: Event) -> [String] {
    switch (table, event) {
    // Rows of a deleted organization belong to no one, and one that comes back is inserted.
    case ("organizations", .delete): []
    case ("organizations", _), ("harnesses", _), ("organization_settings", _):
      event.rows.map(unsettleOrganization(of:))
    case ("harness_capabilities", _):
      event.rows.map { unsettleHarnesses(where: "id = \($0).harness_id") }
    default: []
    }
  }

  /// A row that is replaced, as by `INSERT OR REPLACE`, fires no trigger of its own
  /// (sqlite.org/lang_conflict.html), and may belong to another organization.
  private static let replacing: [Trigger] = [(Event.insert, ""), (.update, "NEW.id <> OLD.id OR ")]
    .map { event, condition in
      let isMoved = "\(condition)NEW._rowid_ <> OLD._rowid_"
      let when = event == .update ? " WHEN \(isMoved)" : ""
      let name = "seed_replacing_\(event.rawValue.lowercased())_of_harnesses"
      return Trigger(
        name: name, table: Table.harnesses.name,
        sql: """
          CREATE TRIGGER \(name)
          BEFORE \(event.rawValue) ON harnesses\(when)
          BEGIN \(event == .update ? raisesSerial + " " : "")\
          \(unsettleHarnesses(where: "id = NEW.id OR _rowid_ = NEW._rowid_")) END
          """)
    }

  /// Seeding's bookkeeping of a harness determines whether the row counts as edited.
  private static let applied = Trigger(
    name: "seed_digest_update", table: Table.harnesses.name,
    sql: """
      CREATE TRIGGER seed_digest_update AFTER UPDATE OF seed_digest ON harnesses
      BEGIN \(unsettleOrganization(of: "NEW")) END
      """)

  /// Accepted organization-owned harnesses and last-applied rows affect how organizations compare;
  /// the latter only the default organization, which is always compared.
  private static let remembered = ["seed_accepted_harnesses", "seed_memory"].flatMap { table in
    Event.allCases.map { event in
      let name = "\(table)_\(event.rawValue.lowercased())"
      let notes =
        table == "seed_memory" ? [] : event.rows.map(unsettleOrganization(of:))
      return Trigger(
        name: name, table: table,
        sql: """
          CREATE TRIGGER \(name) AFTER \(event.rawValue) ON \(table)
          BEGIN \((["DELETE FROM seed_answers;"] + notes).joined(separator: " ")) END
          """)
    }
  }

  // MARK: The seal

  /// If another program writes to the store's bookkeeping, the next run compares everything.
  ///
  /// Changes that these triggers do not see are detected by digests (see ``SettledState``).
  private static let sealing: [Trigger] =
    [.update, .delete].map { sealing(Table.seedUnsettled, $0, [forget]) }
    + Event.allCases.map { sealing(Table.seedTemplates, $0, [forgetAnswers]) }
    + [
      sealing(Table.storeState, .insert, [forget, forgetAnswers]),
      // Every change of a row raises the serial by one. Any other value could repeat a serial that
      // the store had before with different rows.
      sealing(
        Table.storeState, .update, of: "serial",
        when: "NEW.serial IS NOT OLD.serial + 1", [forget, forgetAnswers]),
    ]

  private static let forget =
    "UPDATE store_state SET settled_as = NULL WHERE settled_as IS NOT NULL;"
  private static let forgetAnswers = "DELETE FROM seed_answers;"

  private static func sealing(
    _ table: Table, _ event: Event, of column: String? = nil, when condition: String? = nil,
    _ statements: [String]
  ) -> Trigger {
    let name = "\(table.name)_\(event.rawValue.lowercased())_breaks_seal"
    let columns = column.map { " OF \($0)" } ?? ""
    let when = condition.map { " WHEN \($0)" } ?? ""
    return Trigger(
      name: name, table: table.name,
      sql: """
        CREATE TRIGGER \(name) AFTER \(event.rawValue)\(columns) ON \(table.name)\(when)
        BEGIN \(statements.joined(separator: " ")) END
        """)
  }
}
