import Everruns
import GRDB

/// What a row of a harness holds, in the terms of a template.
struct HarnessContent {
  /// The fields that seeding looks after, by the names that a plan gives them.
  let fields: JSONObject
  private let digest: String?

  init(_ db: Database, id: String, organization: Int) throws {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT h.*, p.name AS parent_name, p.is_built_in AS parent_is_built_in,
          p.org_id AS parent_org_id
        FROM harnesses h LEFT JOIN harnesses p ON p.id = h.parent_harness_id
        WHERE h.id = ?
        """, arguments: [id])
    guard let row else {
      fields = [:]
      digest = nil
      return
    }
    // A parent that is no built-in harness of the organization is named by its id, so that it is
    // not mistaken for the template of its name.
    let isOwnBuiltIn =
      row.integer("parent_is_built_in") != 0 && row.integer("parent_org_id") == organization
    fields = [
      "display_name": row.value("display_name", .text),
      "description": row.value("description", .text),
      "system_prompt": row.value("system_prompt", .text),
      "parent": .optional(
        isOwnBuiltIn ? row.text("parent_name") : row.text("parent_harness_id")),
      "tags": row.value("tags", .json),
      "status": row.value("status", .text),
      "is_built_in": row.value("is_built_in", .boolean),
      "capabilities": try SQLiteStore.capabilities(db, of: id, .harness),
    ]
    digest = row.text("seed_digest")
  }

  /// What differs from a template, field by field.
  ///
  /// - Parameter withoutParent: Whether the template's parent cannot be had in this organization.
  func changes(to harness: DesiredHarness, withoutParent: Bool) -> [FieldChange] {
    let content = withoutParent ? harness.contentWithoutParent : harness.content
    return content.members.compactMap { member in
      let before = fields[member.key] ?? .null
      return before == member.value
        ? nil : FieldChange(field: member.key, before: before, after: member.value)
    }
  }

  /// Whether the row is what seeding last made of it.
  func isUnedited(_ db: Database) throws -> Bool {
    guard let digest,
      let text = try String.fetchOne(
        db, sql: "SELECT content FROM seed_templates WHERE digest = ?", arguments: [digest]),
      case .object(let applied)? = try? JSONValue(json: text)
    else { return false }
    return applied.members.allSatisfy { fields[$0.key] == $0.value }
  }
}

extension DesiredHarness {
  /// What a row of this harness should hold, in the order of a plan.
  var content: JSONObject {
    [
      "display_name": .string(template.displayName),
      "description": .string(template.description),
      "system_prompt": .string(template.systemPrompt), "parent": .optional(parent),
      "tags": .strings(template.tags), "status": "active", "is_built_in": true,
      "capabilities": .capabilities(capabilities),
    ]
  }

  /// What the row should hold in an organization where the parent cannot be had.
  var contentWithoutParent: JSONObject {
    var content = content
    content["parent"] = .null
    return content
  }
}
