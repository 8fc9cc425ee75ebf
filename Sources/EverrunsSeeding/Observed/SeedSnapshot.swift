package import EverrunsDocuments

/// What a store holds of the rows that a catalog speaks of.
package struct SeedSnapshot: Sendable {
  /// The organization with the number that is reserved for the default one.
  package var defaultOrganization: SeedOrganization?
  /// The number of the organization that has the default organization's package id.
  package var numberOfDefaultPublicID: Int?
  /// The rows of the default organization that a catalog may mean, by kind.
  package var records: [RecordKind: [StoredRecord]]
  /// The seed ids that rows of any organization have, by kind.
  package var idsTaken: [RecordKind: Set<String>]
  /// The organization's default model, if it is set: its id.
  package var defaultModelID: String?
  /// What was last applied, by kind and seed id.
  package var memory: [RecordKind: [String: SeedMemory]]

  /// A snapshot of these parts; nothing at all is what a new store holds.
  package init(
    defaultOrganization: SeedOrganization? = nil, numberOfDefaultPublicID: Int? = nil,
    records: [RecordKind: [StoredRecord]] = [:], idsTaken: [RecordKind: Set<String>] = [:],
    defaultModelID: String? = nil, memory: [RecordKind: [String: SeedMemory]] = [:]
  ) {
    self.defaultOrganization = defaultOrganization
    self.numberOfDefaultPublicID = numberOfDefaultPublicID
    self.records = records
    self.idsTaken = idsTaken
    self.defaultModelID = defaultModelID
    self.memory = memory
  }
}

/// What seeding last made of a row of the catalog.
package struct SeedMemory: Sendable, Hashable {
  /// The row's id.
  package let id: String
  /// What the row then held.
  package let content: JSONObject

  /// A memory of these parts.
  package init(id: String, content: JSONObject) {
    self.id = id
    self.content = content
  }
}

/// A row as a store holds it.
package struct StoredRecord: Sendable, Hashable {
  /// The row's id.
  package let id: String
  /// What it holds, by column.
  ///
  /// JSON columns that hold no JSON have their text as it is.
  package let fields: JSONObject
  /// Whether the row was archived.
  package let isArchived: Bool
  /// Whether the id is text, by which other rows can refer to the row.
  package let hasUsableID: Bool

  /// A row of these parts.
  package init(
    id: String, fields: JSONObject, isArchived: Bool = false, hasUsableID: Bool = true
  ) {
    self.id = id
    self.fields = fields
    self.isArchived = isArchived
    self.hasUsableID = hasUsableID
  }
}

/// The refusal to seed a store in which something else has the default organization's identity.
package struct SeedIdentityConflict: Error, Equatable {
  /// The number and public id that are held.
  package let held: SeedOrganization
  /// The organization that should have them.
  package let wanted: SeedOrganization

  /// A conflict between two organizations.
  package init(held: SeedOrganization, wanted: SeedOrganization) {
    self.held = held
    self.wanted = wanted
  }
}
