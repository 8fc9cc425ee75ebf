import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// The contents of a harness row, in terms of a template.
struct HarnessContent {
  private let values: [(HarnessField, JSONValue)]

  /// Reads some fields of the row with a row id; they are null if there is no row.
  init(_ db: Database, row number: Int?, fields: [HarnessField]) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Table.harnesses.selection(of: "harness")), parent.name AS parent_name
        FROM harnesses harness
        LEFT JOIN harnesses parent ON parent.id = harness.parent_harness_id
          AND \(HarnessFacts.isBuiltIn("parent")) AND parent.org_id = harness.org_id
        WHERE harness._rowid_ = ?
        """)
    let rows = try Row.fetchCursor(statement, arguments: [number])
    let row = try rows.next()
    values = try fields.map { field in
      (field, try row.map { try Self.value(of: field, $0, db) } ?? .null)
    }
  }

  private static func value(
    of field: HarnessField, _ row: Row, _ db: Database
  ) throws -> JSONValue {
    switch field {
    case .displayName: row.value("display_name", .text)
    case .description: row.value("description", .text)
    case .systemPrompt: row.value("system_prompt", .text)
    // A parent that is not a built-in harness of the organization is shown by its id.
    case .parent: .optional(row.text("parent_name") ?? row.text("parent_harness_id"))
    case .tags: row.value("tags", .json)
    case .status: row.value("status", .text)
    case .isBuiltIn: row.value("is_built_in", .boolean)
    case .capabilities:
      try SQLiteStore.capabilities(db, of: row.text("id") ?? "", .harness)
    }
  }

  /// The changes from the fields that were read to the desired `content`.
  func changes(to content: JSONObject) -> [FieldChange] {
    values.map { field, value in
      FieldChange(
        field: field.rawValue, before: value, after: content[field.rawValue] ?? .null)
    }
  }
}
