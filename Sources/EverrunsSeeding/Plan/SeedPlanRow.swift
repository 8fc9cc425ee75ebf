package import EverrunsDocuments
import Messages

/// One row of a plan.
package struct SeedPlanRow: Sendable, Hashable {
  /// The address.
  package let address: SeedAddress
  /// The display name.
  package let name: String
  /// The id; `nil` for folded rows, and for a row that will be created without a seed id.
  package let id: String?
  /// The public id of the organization; `nil` for folded rows.
  package let organization: String?
  /// The stored name of that organization.
  package let organizationName: String?
  /// How many organizations a folded row covers.
  package let organizations: Int?
  /// Organizations that a folded row covers, ordered by public id: the first three, or all in a
  /// listing that names all.
  package let examples: [NamedOrganization]
  /// The reason, which determines the action.
  package let reason: SeedReason
  /// The notes.
  package let notes: [SeedNote]
  /// For skipped rows: whether the row exists in the store.
  package let exists: Bool?
  /// For updated rows: the fields that change.
  ///
  /// For rows with a kept local edit: the edited fields, with the catalog's value as the new one.
  package let changes: [FieldChange]

  /// Creates a row.
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

  /// The action.
  package var action: SeedAction { reason.action }

  /// The address, with the name of the organization if it is that of one.
  package var namedAddress: String { address.description(naming: organizationName) }
}

extension SeedAddress {
  /// The address, with the name of its organization if it has one: `org_.../agent/x (Acme)`.
  package func description(naming organization: String?) -> String {
    guard case .organization = scope, let organization, !organization.isEmpty else {
      return description
    }
    return "\(description) (\(organization))"
  }
}

/// The public id and the name of an organization.
package struct NamedOrganization: Sendable, Hashable {
  /// The public id.
  package let publicID: String
  /// The name.
  package let name: String

  /// What people see: the name, else the public id.
  package var shownName: String { name.isEmpty ? publicID : name }

  /// The quoted name and the public id, or the quoted public id alone.
  package var quoted: String {
    name.isEmpty ? publicID.quoted : "\(name.quoted) (\(publicID))"
  }

  /// Creates a value.
  package init(publicID: String, name: String) {
    self.publicID = publicID
    self.name = name
  }
}

/// The change of a field.
package struct FieldChange: Sendable, Hashable {
  /// The name of the field: a column, or a key of the document.
  package let field: String
  /// The old value.
  package let before: JSONValue
  /// The new value.
  package let after: JSONValue

  /// Creates a change.
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
