package import EverrunsDocuments

// The only encoding of rows: in plans, saved plans, kept answers and snapshots.

extension SeedPlanRow {
  /// The keys that the objects of rows of one organization can have, in order.
  package static let expandedKeys = [
    "address", "kind", "name", "id", "org", "org_name", "action", "reason", "notes", "exists",
    "changes",
  ]

  /// The row as an object.
  package var document: JSONValue {
    var object: JSONObject = [
      "address": .string(address.description),
      "kind": .string(address.kind.rawValue),
      "name": .string(name),
      "id": .optional(id),
      "org": .optional(organization),
    ]
    if let organizationName {
      object["org_name"] = .string(organizationName)
    }
    if let organizations {
      object["orgs"] = .integer(organizations)
      object["examples"] = .array(examples.map(\.document))
    }
    object["action"] = .string(action.rawValue)
    object["reason"] = reason.document
    object["notes"] = .array(notes.map(\.document))
    if let exists {
      object["exists"] = .bool(exists)
    }
    if action == .update || reason.code == .keptLocalEdit {
      object["changes"] = .array(changes.map(\.document))
    }
    return .object(object)
  }

  /// Decodes a row.
  ///
  /// - Throws: ``SeedPlanRowError`` if the value is not a valid row.
  package init(document: JSONValue) throws(SeedPlanRowError) {
    let object = try Members(document)
    guard let address = SeedAddress(try object.text("address")) else {
      throw SeedPlanRowError(key: "address")
    }
    var changes: [FieldChange] = []
    for change in object.array("changes") {
      let members = try Members(change)
      changes.append(
        FieldChange(
          field: try members.text("field"), before: members["before"] ?? .null,
          after: members["after"] ?? .null))
    }
    var notes: [SeedNote] = []
    for note in object.array("notes") {
      let members = try Members(note)
      guard let code = SeedNote.Code(rawValue: try members.text("code")) else {
        throw SeedPlanRowError(key: "notes")
      }
      notes.append(
        SeedNote(
          code, try members.text("message"), renamedFrom: members.optionalText("renamed_from")))
    }
    let examples = try object.array("examples").map { value throws(SeedPlanRowError) in
      let members = try Members(value)
      return NamedOrganization(
        publicID: try members.text("public_id"), name: try members.text("name"))
    }
    guard let reason = try? Members(object["reason"] ?? .null) else {
      throw SeedPlanRowError(key: "reason")
    }
    guard let code = SeedReason.Code(rawValue: try reason.text("code")),
      let action = SeedAction(rawValue: try object.text("action")), code.actions.contains(action)
    else { throw SeedPlanRowError(key: "reason") }
    self.init(
      address: address, name: try object.text("name"), id: object.optionalText("id"),
      organization: object.optionalText("org"),
      organizationName: object.optionalText("org_name"), organizations: object.integer("orgs"),
      examples: examples,
      reason: SeedReason(code, action: action, try reason.text("message")), notes: notes,
      exists: object.flag("exists"), changes: changes)
  }

  /// Decodes a row from JSON text.
  ///
  /// - Throws: ``SeedPlanRowError``, or an error of reading the text.
  package init(reading text: String) throws {
    try self.init(document: JSONValue(json: text, depthLimit: DocumentLimits.planDepth))
  }

  /// Decodes an array of rows from JSON text.
  ///
  /// - Throws: ``SeedPlanRowError``, or an error of reading the text.
  package static func rows(reading text: String) throws -> [SeedPlanRow] {
    let value = try JSONValue(json: text, depthLimit: DocumentLimits.planDepth)
    guard case .array(let rows) = value else { throw SeedPlanRowError(key: "rows") }
    return try rows.map { row throws(SeedPlanRowError) in try SeedPlanRow(document: row) }
  }
}

extension NamedOrganization {
  /// The organization as an object.
  var document: JSONValue {
    ["public_id": .string(publicID), "name": .string(name)]
  }
}

extension JSONObject {
  /// The parts of an encoded row that identify it: without the id of a row yet to be created and
  /// the names of organizations.
  var decidingMembers: JSONObject {
    var members = self
    if members["action"] == .string(SeedAction.create.rawValue) { members["id"] = nil }
    members["org_name"] = nil
    if case .array(let examples)? = members["examples"] {
      members["examples"] = .array(
        examples.map { example in
          if case .object(let object) = example { object["public_id"] ?? .null } else { .null }
        })
    }
    return members
  }
}

/// A stored value is not a valid row of a plan.
package struct SeedPlanRowError: Error, Equatable {
  /// The key with a missing or invalid value.
  package let key: String

  package init(key: String) {
    self.key = key
  }
}

extension SeedReason {
  /// The reason as an object.
  package var document: JSONValue {
    ["code": .string(code.rawValue), "message": .string(message)]
  }
}

extension SeedNote {
  /// The note as an object.
  package var document: JSONValue {
    var object: JSONObject = ["code": .string(code.rawValue), "message": .string(message)]
    if let renamedFrom { object["renamed_from"] = .string(renamedFrom) }
    return .object(object)
  }
}

/// Decodes the members of an object.
private struct Members {
  private let object: JSONObject

  init(_ value: JSONValue) throws(SeedPlanRowError) {
    guard case .object(let object) = value else { throw SeedPlanRowError(key: "") }
    self.object = object
  }

  subscript(key: String) -> JSONValue? { object[key] }

  func text(_ key: String) throws(SeedPlanRowError) -> String {
    guard let text = optionalText(key) else { throw SeedPlanRowError(key: key) }
    return text
  }

  func optionalText(_ key: String) -> String? {
    object.text(key)
  }

  func integer(_ key: String) -> Int? {
    object.integer(key)
  }

  func flag(_ key: String) -> Bool? {
    if case .bool(let flag)? = object[key] { flag } else { nil }
  }

  func array(_ key: String) -> [JSONValue] {
    if case .array(let elements)? = object[key] { elements } else { [] }
  }
}
