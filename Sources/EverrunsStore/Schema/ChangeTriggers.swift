import EverrunsDocuments
import GRDB

/// The triggers by which a store knows what changed, whichever program made the change.
///
/// Every change of a row raises the serial. One that may change how an organization's harnesses
/// or settings compare with the definition also notes the organization as unsettled: the next run
/// looks at it, and only at such (see ``SettledState``).
///
/// The triggers are made anew after the last step of a migration, so that they are written down
/// once for stores of any age.
struct ChangeTriggers {
  /// One trigger by its name.
  struct Trigger {
    let name: String
    /// The statement that makes it, without a semicolon at its end, as SQLite keeps it.
    let sql: String
  }

  static let all: [Trigger] =
    countedTables.flatMap { table in Event.allCases.map { counting($0, of: table) } }
    + replacing + [applied] + remembered

  // MARK: Making and checking

  /// Makes them all as they should be, whatever is there.
  static func restore(_ db: Database) throws {
    try drop(db)
    for trigger in all { try db.execute(sql: trigger.sql) }
  }

  /// Removes them all, also those that another version made.
  static func drop(_ db: Database) throws {
    let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE \(isOurs)")
    for name in names { try db.execute(sql: "DROP TRIGGER \(name.quotedDatabaseIdentifier)") }
  }

  /// Which entries of a schema are triggers of ours: their names say so.
  private static let isOurs =
    "type = 'trigger' AND (name GLOB 'seed_*' OR name GLOB '*_raises_serial')"

  /// The texts of those that are there, as an expression of SQL.
  static let presentTexts = """
    (SELECT group_concat(sql, ';') FROM (
      SELECT sql FROM sqlite_schema WHERE \(isOurs) ORDER BY name))
    """

  /// The texts of all of them, in the order of their names.
  static let texts =
    all.sorted { $0.name.precedesInBytes($1.name) }.map(\.sql).joined(separator: ";")

  /// Whether they are all there, unaltered.
  ///
  /// One that was dropped and made again is not noticed by this: the version of the schema tells.
  static func areIntact(_ db: Database) throws -> Bool {
    try String.fetchOne(db, sql: "SELECT \(presentTexts)") == texts
  }

  /// What is wrong with them, a line a finding.
  static func findings(_ db: Database) throws -> [String] {
    let present = try Row.fetchAll(
      db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).reduce(into: [String: String]()) { $0[$1.text("name") ?? ""] = $1.text("sql") ?? "" }
    return all.compactMap { trigger in
      guard let text = present[trigger.name] else { return "\(trigger.name) is missing" }
      return trigger.sql == text ? nil : "\(trigger.name) was altered"
    }
  }

  // MARK: What they do

  private enum Event: String, CaseIterable {
    case insert = "INSERT"
    case update = "UPDATE"
    case delete = "DELETE"

    /// The rows that an event knows.
    var rows: [String] {
      switch self {
      case .insert: ["NEW"]
      case .update: ["NEW", "OLD"]
      case .delete: ["OLD"]
      }
    }
  }

  /// The tables whose rows the serial counts changes of.
  private static let countedTables = Table.controlPlane.map(\.name)

  /// What counts as a change of a harness: not what seeding remembers of it.
  private static let countedHarnessColumns = list(Table.harnesses.sharedColumns.map(\.name))

  /// Names as SQL lists them, in lines for those who read the schema with `sqlite3`.
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
    let notes = unsettles(table, event)
    return Trigger(
      name: "\(table)_\(event.rawValue.lowercased())_raises_serial",
      sql: """
        CREATE TRIGGER \(table)_\(event.rawValue.lowercased())_raises_serial
        AFTER \(event.rawValue)\(columns) ON \(table)
        BEGIN \(([raisesSerial] + notes).joined(separator: " ")) END
        """)
  }

  /// Notes the organizations that a query finds.
  ///
  /// Not `OR IGNORE`: within a trigger the conflict clause of the statement that fires it would
  /// take its place (sqlite.org/lang_createtrigger.html), and somebody's `INSERT OR ABORT` would
  /// fail.
  private static func unsettle(_ organization: String, from source: String = "") -> String {
    """
    INSERT INTO seed_unsettled (org_id) SELECT \(organization) \
    \(source.isEmpty ? "WHERE" : "FROM \(source) AND") \
    NOT EXISTS (SELECT 1 FROM seed_unsettled u WHERE u.org_id = \(organization));
    """
  }

  private static func unsettles(_ table: String, _ event: Event) -> [String] {
    switch (table, event) {
    // Rows of an organization that is no more are nobody's, and one that comes back is inserted.
    case ("organizations", .delete): []
    case ("organizations", _), ("harnesses", _), ("organization_settings", _):
      event.rows.map { unsettle("\($0).org_id") }
    case ("harness_capabilities", _):
      event.rows.map { unsettle("h.org_id", from: "harnesses h WHERE h.id = \($0).harness_id") }
    default: []
    }
  }

  /// A row that another one takes the place of, as by `INSERT OR REPLACE`, fires no trigger of its
  /// own (sqlite.org/lang_conflict.html), and may be another organization's.
  private static let replacing: [Trigger] = [(Event.insert, ""), (.update, "NEW.id <> OLD.id OR ")]
    .map { event, condition in
      let isMoved = "\(condition)NEW.rowid <> OLD.rowid"
      let when = event == .update ? " WHEN \(isMoved)" : ""
      let name = "seed_replacing_\(event.rawValue.lowercased())_of_harnesses"
      return Trigger(
        name: name,
        sql: """
          CREATE TRIGGER \(name)
          BEFORE \(event.rawValue) ON harnesses\(when)
          BEGIN \(event == .update ? raisesSerial + " " : "")\
          \(unsettle("h.org_id", from: "harnesses h WHERE (h.id = NEW.id OR h.rowid = NEW.rowid)")) END
          """)
    }

  /// What seeding remembers of a harness decides whether the row counts as edited.
  private static let applied = Trigger(
    name: "seed_digest_update",
    sql: """
      CREATE TRIGGER seed_digest_update AFTER UPDATE OF seed_digest ON harnesses
      BEGIN \(unsettle("NEW.org_id")) END
      """)

  /// What was decided about organizations' own harnesses, and what seeding remembers of rows,
  /// decide how organizations compare; of the latter only the default one, which is always looked
  /// at.
  private static let remembered = ["seed_accepted_harnesses", "seed_memory"].flatMap { table in
    Event.allCases.map { event in
      let name = "\(table)_\(event.rawValue.lowercased())"
      let notes =
        table == "seed_memory" ? [] : event.rows.map { unsettle("\($0).org_id") }
      return Trigger(
        name: name,
        sql: """
          CREATE TRIGGER \(name) AFTER \(event.rawValue) ON \(table)
          BEGIN \((["DELETE FROM seed_answers;"] + notes).joined(separator: " ")) END
          """)
    }
  }
}
