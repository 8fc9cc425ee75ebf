package import EverrunsDocuments

/// The stored rows that a catalog refers to.
package struct SeedSnapshot: Sendable {
  /// The organization with the number reserved for the default one.
  package var defaultOrganization: SeedOrganization?
  /// The number of the organization with the default organization's public id.
  package var numberOfDefaultPublicID: Int?
  /// The rows of the default organization that the catalog may refer to, by kind.
  package var records: [RecordKind: [StoredRecord]]
  /// The rows of other organizations with a natural key that is unique in the whole store.
  package var recordsElsewhere: [RecordKind: [StoredRecord]] = [:]
  /// The seed ids in use in any organization, by kind.
  package var idsTaken: [RecordKind: Set<String>]
  /// The id of the organization's default model, if it is set.
  package var defaultModelID: String?
  /// The last-applied content, by kind and seed id.
  package var memory: [RecordKind: [String: SeedMemory]]
  /// Whether the store remembers what was last applied.
  package var hasMemory = true

  /// Creates a snapshot; an empty one stands for a new store.
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

/// The last-applied content of a catalog row.
package struct SeedMemory: Sendable, Hashable {
  /// The row's id.
  package let id: String
  /// The content at that time.
  package let content: JSONObject

  /// Creates a record of applied content.
  package init(id: String, content: JSONObject) {
    self.id = id
    self.content = content
  }
}

/// A stored row.
package struct StoredRecord: Sendable, Hashable {
  /// The row's id.
  package let id: String
  /// The content, by column.
  ///
  /// JSON columns that do not contain JSON are text.
  package let fields: JSONObject
  /// Whether the row was archived.
  package let isArchived: Bool
  /// Whether the row only keeps its natural key from being used: it is marked as deleted.
  package let isMarkedAsDeleted: Bool
  /// Whether the id is text, so that other rows can reference it.
  package let hasUsableID: Bool

  /// Creates a row.
  package init(
    id: String, fields: JSONObject, isArchived: Bool = false, isMarkedAsDeleted: Bool = false,
    hasUsableID: Bool = true
  ) {
    self.id = id
    self.fields = fields
    self.isArchived = isArchived
    self.isMarkedAsDeleted = isMarkedAsDeleted
    self.hasUsableID = hasUsableID
  }
}

/// Something else in the store has the identity of the default organization.
package struct SeedIdentityConflict: Error, Equatable {
  /// The organization that has the number or the public id.
  package let held: SeedOrganization
  /// The organization that should have them.
  package let wanted: SeedOrganization

  /// Creates a conflict.
  package init(held: SeedOrganization, wanted: SeedOrganization) {
    self.held = held
    self.wanted = wanted
  }
}
