import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// What a row of a harness holds, in the terms of a template.
struct HarnessContent {
  private let values: [(HarnessField, JSONValue)]

  /// Reads some fields of a row; they are null where there is none.
  init(_ db: Database, id: String, fields: [HarnessField]) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT h.*, b.name AS parent_name FROM harnesses h
        LEFT JOIN harnesses b
          ON b.id = h.parent_harness_id AND b.is_built_in AND b.org_id = h.org_id
        WHERE h.id = ?
        """)
    let row = try Row.fetchOne(statement, arguments: [id])
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
    // A parent that is no built-in harness of the organization is named by its id.
    case .parent: .optional(row.text("parent_name") ?? row.text("parent_harness_id"))
    case .tags: row.value("tags", .json)
    case .status: row.value("status", .text)
    case .isBuiltIn: row.value("is_built_in", .boolean)
    case .capabilities:
      try SQLiteStore.capabilities(db, of: row.text("id") ?? "", .harness)
    }
  }

  /// What changes in the fields that were read.
  ///
  /// - Parameter content: What the row should hold.
  func changes(to content: JSONObject) -> [FieldChange] {
    values.map { field, value in
      FieldChange(
        field: field.rawValue, before: value, after: content[field.rawValue] ?? .null)
    }
  }
}

extension DesiredHarness {
  /// What a row of this harness should hold, in the order of a plan.
  var content: JSONObject { content(parent: parent) }

  /// What the row should hold in an organization where the parent cannot be had.
  var contentWithoutParent: JSONObject { content(parent: nil) }

  /// What identifies the content.
  var digest: Fingerprint { Fingerprint(of: .object(content)) }

  /// What identifies the content without the parent.
  var digestWithoutParent: Fingerprint { Fingerprint(of: .object(contentWithoutParent)) }

  private func content(parent: String?) -> JSONObject {
    JSONObject(
      HarnessField.allCases.map { field in
        JSONObject.Member(key: field.rawValue, value: value(of: field, parent: parent))
      })
  }

  private func value(of field: HarnessField, parent: String?) -> JSONValue {
    switch field {
    case .displayName: .string(template.displayName)
    case .description: .string(template.description)
    case .systemPrompt: .string(template.systemPrompt)
    case .parent: .optional(parent)
    case .tags: .strings(template.tags)
    case .status: "active"
    case .isBuiltIn: true
    case .capabilities: .capabilities(capabilities)
    }
  }
}
