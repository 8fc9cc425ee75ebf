package import EverrunsDocuments

/// One row of a plan.
package struct SeedPlanRow: Sendable, Hashable {
  /// What names the row.
  package let address: SeedAddress
  /// Its name, as people see it.
  package let name: String
  /// Its id; `nil` for a row that is yet to be created without a seed id, and for folded rows.
  package let id: String?
  /// The public id of the organization; `nil` for folded rows.
  package let organization: String?
  /// The name of that organization, as the store has it.
  package let organizationName: String?
  /// How many organizations a folded row stands for.
  package let organizations: Int?
  /// Some of the organizations that a folded row stands for, in the order of their public ids: the
  /// first three, or all in a listing that names all.
  package let examples: [NamedOrganization]
  /// Why it has its action.
  package let reason: SeedReason
  /// What else is worth knowing.
  package let notes: [SeedNote]
  /// For rows that are skipped: whether the row is in the store.
  package let exists: Bool?
  /// For rows that are updated: what changes, and only that.
  ///
  /// For rows that keep a local edit: the edit, with the catalog's value as the one after.
  package let changes: [FieldChange]

  /// A row of these parts.
  package init(
    address: SeedAddress, name: String, id: String?, organization: String?,
    organizationName: String? = nil, organizations: Int? = nil,
    examples: [NamedOrganization] = [], reason: SeedReason, notes: [SeedNote] = [],
    exists: Bool? = nil, changes: [FieldChange] = []
  ) {
    self.address = address
    self.name = name
    self.id = id
    self.organization = organization
    self.organizationName = organizationName
    self.organizations = organizations
    self.examples = examples
    self.reason = reason
    self.notes = notes
    self.exists = exists
    self.changes = changes
  }

  /// What is done with the row.
  package var action: SeedAction { reason.action }
}

/// An organization by the id that programs use and the name that people see.
package struct NamedOrganization: Sendable, Hashable {
  /// The public id.
  package let publicID: String
  /// The name.
  package let name: String

  /// An organization of these parts.
  package init(publicID: String, name: String) {
    self.publicID = publicID
    self.name = name
  }
}

/// A field whose value changes.
package struct FieldChange: Sendable, Hashable {
  /// The field's name: the column's, or the document's key.
  package let field: String
  /// The value before.
  package let before: JSONValue
  /// The value after.
  package let after: JSONValue

  /// A change of one field.
  package init(field: String, before: JSONValue, after: JSONValue) {
    self.field = field
    self.before = before
    self.after = after
  }

  /// The change as an object.
  package var document: JSONValue {
    ["field": .string(field), "before": before, "after": after]
  }
}
