public import EverrunsDocuments

/// One row of a plan.
public struct SeedPlanRow: Sendable, Hashable {
  /// What names the row.
  public let address: SeedAddress
  /// Its name, as people see it.
  public let name: String
  /// Its id; `nil` for a row that is yet to be created without a seed id, and for folded rows.
  public let id: String?
  /// The public id of the organization; `nil` for folded rows.
  public let organization: String?
  /// How many organizations a folded row stands for.
  public let organizations: Int?
  /// Why it has its action.
  public let reason: SeedReason
  /// What else is worth knowing.
  public let notes: [SeedNote]
  /// For rows that are skipped: whether the row is in the store.
  public let exists: Bool?
  /// For rows that are updated: what changes, and only that.
  public let changes: [FieldChange]

  /// A row of these parts.
  package init(
    address: SeedAddress, name: String, id: String?, organization: String?,
    organizations: Int? = nil, reason: SeedReason, notes: [SeedNote] = [], exists: Bool? = nil,
    changes: [FieldChange] = []
  ) {
    self.address = address
    self.name = name
    self.id = id
    self.organization = organization
    self.organizations = organizations
    self.reason = reason
    self.notes = notes
    self.exists = exists
    self.changes = changes
  }

  /// What is done with the row.
  public var action: SeedAction { reason.action }
}

/// A field whose value changes.
public struct FieldChange: Sendable, Hashable {
  /// The field's name: the column's, or the document's key.
  public let field: String
  /// The value before.
  public let before: JSONValue
  /// The value after.
  public let after: JSONValue

  /// A change of one field.
  package init(field: String, before: JSONValue, after: JSONValue) {
    self.field = field
    self.before = before
    self.after = after
  }

  /// The change as an object.
  public var document: JSONValue {
    ["field": .string(field), "before": before, "after": after]
  }
}
