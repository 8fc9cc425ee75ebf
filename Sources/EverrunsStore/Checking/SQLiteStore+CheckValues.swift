import EverrunsSeeding
import Foundation
import GRDB
import Messages

extension SQLiteStore {
  /// Finds values that do not have the form of their column.
  ///
  /// - Parameters:
  ///   - db: The database.
  ///   - repaired: What seeding repairs.
  ///   - defaultOrganization: The default organization, if another check compares its identity.
  /// - Returns: The findings, those of each table together.
  /// - Throws: An error of the database, or if a number is used up.
  func valueFindings(
    _ db: Database, repaired: RepairedBySeeding, defaultOrganization: SeedOrganization?
  ) throws -> [StoreFinding] {
    var revisions = NewRevisionNumbers()
    return try Schema.tables.filter { !$0.isCache }.flatMap { table in
      // Documents and revision numbers have a check of their own.
      let columns = table.columns.filter {
        !$0.isCache && $0.name != "document" && $0.name != "latest_revision"
      }
      let conditions = columns.map { "(\($0.isDamaged(table.name)))" }
      return try db.map(
        """
        SELECT \(table.selection()) FROM \(table.name)
        WHERE \(conditions.joined(separator: " OR ")) ORDER BY 1
        """
      ) { row in
        let isDefault =
          table.name == Table.organizations.name
          && row.text("org_id") == defaultOrganization.map { String($0.orgID) }
        return try columns.compactMap { column in
          isDefault && column.name == "public_id"
            ? nil : try self.finding(in: column, of: row, table, repaired, &revisions, db)
        }
      }.flatMap(\.self)
    }
  }

  private func finding(
    in column: Table.Column, of row: Row, _ table: Table, _ repaired: RepairedBySeeding,
    _ revisions: inout NewRevisionNumbers, _ db: Database
  ) throws -> StoreFinding? {
    // Another check finds what names no row.
    guard let problem = column.problem(in: row),
      try !table.isDangling(column, in: row, db)
    else { return nil }
    let key = table.key(of: row)
    func finding(_ remedy: String) -> StoreFinding {
      StoreFinding(
        table: table.name, row: key, "\(column.name) \(problem)", remedy: remedy)
    }
    switch (table.name, column.name) {
    case (Table.platformRevisions.name, "revision"):
      let number = try revisions.next(of: row, db)
      return finding(
        "INSERT INTO platforms (name, latest_revision) VALUES (\(row.literal("name")), \(number)) "
          + "ON CONFLICT (name) DO UPDATE SET latest_revision = \(number); "
          + "UPDATE platform_revisions SET revision = \(number) WHERE \(key)")
    case (Table.history.name, "id"):
      return finding(
        "UPDATE history SET id = (SELECT coalesce(max(id), 0) + 1 FROM history "
          + "WHERE id < \(StoredNumber.counts.upperBound)) WHERE \(key)")
    // It is the origin of no revision.
    case (Table.platformOrigins.name, "revision"):
      return finding("DELETE FROM \(table.name) WHERE \(key)")
    case (Table.harnesses.name, let name)
    where try HarnessField(rawValue: name) != nil && repaired.includes(harness: key, db):
      return finding("seed apply")
    default:
      let value = try column.substitute(in: row, of: table, db)
      return finding("UPDATE \(table.name) SET \(column.name) = \(value) WHERE \(key)")
    }
  }
}

/// The numbers of the revisions that have none: those after the last one of the same name.
private struct NewRevisionNumbers {
  private var last: [String: Int] = [:]

  /// The number for a row, each time a greater one.
  mutating func next(of row: Row, _ db: Database) throws -> Int {
    let name = row.literal("name")
    let number = try StoredNumber.next(
      after: last[name] ?? newest(name, db), atMost: StoredNumber.counts.upperBound,
      of: "platform_revisions.revision")
    last[name] = number
    return number
  }

  private func newest(_ name: String, _ db: Database) throws -> Int {
    try db.mapFirst(
      """
      SELECT coalesce(max(number), 0) AS newest FROM (
        SELECT latest_revision AS number FROM platforms WHERE name = \(name)
        UNION ALL SELECT revision FROM platform_revisions WHERE name = \(name))
      WHERE \(StoredNumber.isCount("number"))
      """
    ) { $0.integer("newest") } ?? 0
  }
}

extension Table {
  /// The SQL condition that identifies a row.
  func key(of row: Row) -> String {
    keyColumns.map { "\($0) = \(row.literal($0))" }.joined(separator: " AND ")
  }

  /// The key of a row as one word.
  fileprivate func plainKey(of row: Row) -> String {
    keyColumns.compactMap(row.text).joined(separator: "-")
      .filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }

  /// Whether a column refers to a row that does not exist.
  fileprivate func isDangling(_ column: Column, in row: Row, _ db: Database) throws -> Bool {
    guard let reference = references.first(where: { $0.column.name == column.name }) else {
      return false
    }
    let value: DatabaseValue = row[column.name]
    return try db.mapFirst(
      "SELECT 1 FROM \(reference.table) WHERE \(reference.parentColumn) IS ?", [value]
    ) { _ in true } == nil
  }
}

extension Table.Column {
  /// Whether the column must not hold NULL.
  var isRequired: Bool { definition.contains("NOT NULL") || definition.contains("PRIMARY KEY") }

  /// The condition under which the column may hold an invalid value.
  fileprivate func isDamaged(_ table: String) -> String {
    let column = "\(table).\(name)"
    let isNull = "\(column) IS NULL"
    let isDamaged =
      switch form {
      case .text: "seed_text(\(ComparisonFunctions.exact(column))) IS NOT \(column)"
      case .boolean: "typeof(\(column)) <> 'integer' OR \(column) NOT IN (0, 1)"
      case .integer: "typeof(\(column)) <> 'integer'"
      case .json:
        "typeof(\(column)) <> 'text' OR seed_json_type(\(ComparisonFunctions.exact(column))) IS NOT '\(jsonType)'"
      }
    let isSenseless =
      switch range {
      case .any: "0"
      case .amounts: "\(column) < 0"
      case .counts: "\(column) NOT BETWEEN 0 AND \(StoredNumber.counts.upperBound)"
      // Whatever may be none: Swift decides.
      case .times(let form):
        // SQLite and Foundation read February 30 as March 2.
        "\(column) NOT GLOB '\(form.pattern)' OR date(\(column)) IS NOT substr(\(column), 1, 10)"
      case .concernedOrganizations: "\(column) IS NOT '\(ConcernedOrganizations.all.stored)'"
      case .words(let words):
        "\(column) NOT IN (\(words.map { "'\($0)'" }.joined(separator: ", ")))"
      }
    let isUnusual = "(\(isDamaged) OR \(isSenseless))"
    return isRequired ? "\(isNull) OR \(isUnusual)" : "NOT \(isNull) AND \(isUnusual)"
  }

  /// What is wrong with a column of a row; completes a sentence that begins with the column's name.
  func problem(in row: Row) -> String? {
    guard let text = row.text(name) else { return isRequired ? "is NULL" : nil }
    if let problem = formProblem(in: row, text) { return problem }
    let isWanted =
      switch range {
      case .any: true
      case .amounts: Int(text).map { $0 >= 0 } ?? false
      case .counts: Int(text).map(StoredNumber.counts.contains) ?? false
      case .times(let form): form.time(text) != nil
      case .concernedOrganizations: ConcernedOrganizations(stored: text) != nil
      case .words(let words): words.contains(text)
      }
    return isWanted ? nil : "holds \(row.literal(name)), which is not \(wanted)"
  }

  /// The values that make sense, as the end of a sentence.
  private var wanted: String {
    switch range {
    case .any: "valid"
    case .amounts, .counts: "a valid number"
    case .times: "a time"
    case .concernedOrganizations: "a list of organizations"
    case .words(let words): words.map(\.quoted).joined(asListWith: "or")
    }
  }

  private func formProblem(in row: Row, _ text: String) -> String? {
    switch form {
    case .text:
      return row.holdsText(name) ? nil : "holds \(row.literal(name)), which is not valid text"
    case .boolean:
      return row.holdsInteger(name) && ["0", "1"].contains(text)
        ? nil : "holds \(row.literal(name)), which is neither 0 nor 1"
    case .integer:
      return row.holdsInteger(name)
        ? nil : "holds \(row.literal(name)), which is not a whole number"
    case .json:
      return row.holdsText(name) && ComparisonFunctions.jsonType(of: text) == jsonType
        ? nil : "does not hold a JSON \(jsonType)"
    }
  }

  /// The kind of JSON that the column holds.
  fileprivate var jsonType: String {
    ["tags", "roles", "capabilities", "drivers"].contains(name) ? "array" : "object"
  }

  /// A valid value for the column of a row, in SQL; it is unique, if it has to be.
  fileprivate func substitute(in row: Row, of table: Table, _ db: Database) throws -> String {
    if !isRequired { return "NULL" }
    if table.name == Table.harnesses.name, name == "is_built_in" {
      // What counts as a built-in harness stays one.
      let isBuiltIn = HarnessFacts.isBuiltIn("harness")
      return try db.mapFirst(
        "SELECT 1 FROM harnesses harness WHERE \(table.key(of: row)) AND \(isBuiltIn)"
      ) { _ in "1" } ?? "0"
    }
    switch range {
    case .times(let form): return "'\(form.example)'"
    case .words(let words): return words.first.map { "'\($0)'" } ?? "''"
    case .any, .amounts, .counts, .concernedOrganizations: break
    }
    return switch form {
    case .text: "'\(name)-\(table.plainKey(of: row))'"
    case .boolean, .integer: "0"
    case .json: jsonType == "array" ? "'[]'" : "'{}'"
    }
  }
}

extension Row {
  /// Whether a column holds an integer.
  fileprivate func holdsInteger(_ column: String) -> Bool {
    guard hasColumn(column), case .int64 = (self[column] as DatabaseValue).storage else {
      return false
    }
    return true
  }

  /// The value of a column, as an SQL literal.
  func literal(_ column: String) -> String {
    guard hasColumn(column), let text = text(column) else { return "NULL" }
    switch (self[column] as DatabaseValue).storage {
    case .string:
      guard holdsText(column) else { return "CAST(\(text) AS TEXT)" }
      // A message escapes what cannot be copied from a terminal.
      return text.escapingControls() == text
        ? "'\(text.replacing("'", with: "''"))'" : "CAST(\(Data(text.utf8).asSQL) AS TEXT)"
    // SQL has no word for infinity, and reads a number that is too great as infinite.
    case .double(let number) where number.isInfinite: return number < 0 ? "-9e999" : "9e999"
    case .null, .int64, .double, .blob: return text
    }
  }
}
