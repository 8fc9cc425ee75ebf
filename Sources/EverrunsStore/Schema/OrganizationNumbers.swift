import EverrunsSeeding
import GRDB

/// The numbers of organizations.
///
/// They are never reused: rows of a deleted organization, in any table, must not become another's.
enum OrganizationNumbers {
  /// The greatest number assigned to a new organization: readers of JSON represent it exactly (RFC
  /// 8259, section 6).
  ///
  /// Other programs may use greater numbers, which then do not get in the way.
  static let limit = 1 << 53

  /// The statement of a trigger that records the number of the row `NEW`.
  static let noting = """
    UPDATE store_state SET highest_org_id = NEW.org_id \
    WHERE NEW.org_id BETWEEN coalesce(highest_org_id, 0) + 1 AND \(limit);
    """

  /// A number that no organization ever had and that no row of any table references.
  ///
  /// - Parameters:
  ///   - db: The database.
  ///   - defaultOrganization: The number reserved for the default organization.
  /// - Returns: One more than the greatest such number up to ``limit``.
  /// - Throws: ``NumbersUsedUp`` if the greatest number is the limit, or an error of the database.
  static func next(_ db: Database, defaultOrganization: Int) throws -> Int {
    try check(1, defaultOrganization: defaultOrganization, db)
  }

  /// Checks that there are numbers for new organizations.
  ///
  /// - Parameters:
  ///   - count: How many organizations.
  ///   - defaultOrganization: The number reserved for the default organization.
  ///   - db: The database.
  /// - Returns: The greatest of the numbers.
  /// - Throws: ``NumbersUsedUp`` if it would be beyond ``limit``, or an error of the database.
  @discardableResult
  static func check(_ count: Int, defaultOrganization: Int, _ db: Database) throws -> Int {
    var highest = max(defaultOrganization, try remembered(db) ?? shown(db), try highestInUse(db))
    for _ in 0..<count {
      highest = try StoredNumber.next(after: highest, atMost: limit, of: "organizations.org_id")
    }
    return highest
  }

  /// The greatest number up to ``limit`` that a row of any table has or refers to; 0 if there is
  /// none.
  static func highestInUse(_ db: Database) throws -> Int {
    var highest = 0
    for (table, column) in try references(db) {
      let isOurs = Schema.table(named: table) != nil
      let column = "\(table.quotedIdentifier).\(column.quotedIdentifier)"
      // Without the cast, an index answers this; columns of other programs may have any type.
      let number = isOurs ? column : "CAST(\(column) AS INTEGER)"
      let found = try Row.fetchOne(
        db,
        sql: """
          SELECT CAST(max(\(number)) AS INTEGER) AS number
          FROM \(table.quotedIdentifier) WHERE \(number) <= \(limit)
          """
      )?.integer("number")
      highest = max(highest, found ?? 0)
    }
    return highest
  }

  /// The least that the greatest number can be, by what the store still shows: the rows that name
  /// numbers, and the organizations that it or its history knows, which had different numbers.
  ///
  /// Organizations that other programs deleted, or older versions, are in no history.
  static func shown(_ db: Database) throws -> Int {
    let concerns = try db.column("concerns", of: .history)
    let query: SQL = """
      SELECT count(*) AS number FROM (
        SELECT public_id FROM organizations WHERE org_id BETWEEN 1 AND \(limit)
        UNION
        SELECT concerned.key FROM (SELECT \(concerns) FROM history) entry
        JOIN json_each(
          CASE WHEN typeof(entry.concerns) = 'text' AND json_valid(entry.concerns)
            THEN entry.concerns ELSE '{}' END, '$.organizations') concerned
        WHERE NOT EXISTS (
          SELECT 1 FROM organizations WHERE organizations.public_id = concerned.key))
      """
    let known = try query.mapFirst(db) { $0.integer("number") } ?? 0
    return max(known, try highestInUse(db))
  }

  /// The greatest number of an organization up to ``limit``, in SQL.
  private static let greatest = """
    (SELECT coalesce(max(org_id), 0) FROM organizations WHERE org_id BETWEEN 0 AND \(limit))
    """

  /// Whether the recorded number can be the highest that an organization ever had, in SQL.
  private static let isUsable =
    "typeof(highest_org_id) = 'integer' AND highest_org_id >= \(greatest)"

  /// What is said where the recorded number is lost.
  static let mayBeReused = "a new organization may get the number of a deleted one"

  /// What is wrong with the recorded number, as a sentence without a full stop; `nil` if nothing is.
  static func problem(_ db: Database) throws -> String? {
    try db.mapFirst(
      """
      SELECT highest_org_id, typeof(highest_org_id) = 'integer' AND highest_org_id >= \(limit)
          AS is_too_great,
        typeof(highest_org_id) = 'integer' AND highest_org_id BETWEEN 0 AND \(limit) AS is_small
      FROM store_state
      WHERE CASE typeof(highest_org_id)
        WHEN 'null' THEN EXISTS (
          SELECT 1 FROM organizations WHERE organizations.org_id BETWEEN 1 AND \(limit))
        WHEN 'integer' THEN highest_org_id NOT BETWEEN \(greatest) AND \(limit - 1)
        ELSE 1 END
      """
    ) { row in
      "highest_org_id is \(row.text("highest_org_id") ?? "NULL"), "
        + (row.integer("is_too_great") == 1
          ? "which leaves no number for a new organization; once this is fixed, "
          : row.integer("is_small") == 1
            ? "which is less than the number of an organization: "
            : "which is not a usable number: ") + mayBeReused
    }
  }

  /// Records a number as used, unless a greater one is.
  static func note(_ number: Int, _ db: Database) throws {
    guard number <= limit else { return }
    try db.update(
      .storeState, set: ["highest_org_id": number],
      where: "typeof(highest_org_id) <> 'integer' OR highest_org_id < \(number)")
  }

  /// Records the greatest number that the store still shows, for a store of an older version, or one
  /// that lost the record.
  static func remember(_ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE store_state SET highest_org_id = nullif(?, 0)
        WHERE NOT (\(isUsable)) OR highest_org_id > \(limit)
        """, arguments: [try shown(db)])
  }

  /// The highest number that an organization ever had, as far as recorded; `nil` if nothing usable
  /// is.
  static func remembered(_ db: Database) throws -> Int? {
    try db.mapFirst(
      """
      SELECT highest_org_id FROM store_state WHERE \(isUsable)
      """
    ) { min($0.integer("highest_org_id"), limit) }
  }

  /// A column of another program's table that has the last number, so that none is left for a new
  /// organization.
  static func columnWithLast(_ db: Database) throws -> (table: String, column: String)? {
    try references(db).first { table, column in
      guard Schema.table(named: table) == nil else { return false }
      let number = "CAST(\(column.quotedIdentifier) AS INTEGER)"
      return try Row.fetchOne(
        db, sql: "SELECT 1 FROM \(table.quotedIdentifier) WHERE \(number) = \(limit)") != nil
    }
  }

  /// The columns that may reference an organization by number, in tables of any program.
  private static func references(_ db: Database) throws -> [(table: String, column: String)] {
    let keys = try ForeignKey.all(db).flatMap { key in
      zip(key.columns, key.targetColumns).filter { $1.lowercased() == "org_id" }
        .map { (table: key.table, column: $0.0) }
    }
    let named = try columns(db)
    return named
      + keys.filter { key in
        !named.contains {
          $0.table == key.table && $0.column.lowercased() == key.column.lowercased()
        }
      }
  }

  /// The columns `org_id` of all tables, whoever made them.
  ///
  /// Virtual tables count if SQLite has their modules.
  static func columns(_ db: Database) throws -> [(table: String, column: String)] {
    let columns = """
      SELECT tables.name AS "table", columns.name AS "column"
      FROM sqlite_schema tables JOIN pragma_table_xinfo(tables.name) columns
      WHERE tables.type = 'table' AND columns.name = 'org_id' COLLATE NOCASE
      """
    func list(_ condition: String, _ arguments: StatementArguments = []) throws
      -> [(table: String, column: String)]
    {
      try db.map("\(columns) AND \(condition) ORDER BY tables.name", arguments) {
        (table: $0.text("table") ?? "", column: $0.text("column") ?? "")
      }
    }
    let virtual = try db.map(
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%' ORDER BY name
      """
    ) { $0.text("name") ?? "" }
    return try list("tables.sql NOT LIKE 'CREATE VIRTUAL%'")
      + virtual.flatMap { name in (try? list("tables.name = ?", [name])) ?? [] }
  }
}
