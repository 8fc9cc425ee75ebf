public import EverrunsDocuments

/// What a store holds of the rows that a catalog speaks of.
public struct SeedSnapshot: Sendable {
  /// The organization with the number that is reserved for the default one.
  public var defaultOrganization: SeedOrganization?
  /// The number of the organization that has the default organization's public id.
  public var numberOfDefaultPublicID: Int?
  /// The rows of the default organization that a catalog may mean, by kind.
  public var records: [RecordKind: [StoredRecord]]
  /// The seed ids that rows elsewhere have taken, by kind.
  public var idsTaken: [RecordKind: Set<String>]
  /// The organization's default model, if it is set: its id.
  public var defaultModelID: String?
  /// What was last applied, by kind and seed id.
  public var memory: [RecordKind: [String: SeedMemory]]

  /// A snapshot of these parts; nothing at all is what a new store holds.
  public init(
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
public struct SeedMemory: Sendable, Hashable {
  /// The row's id.
  public let id: String
  /// What the row then held.
  public let content: JSONObject

  /// A memory of these parts.
  public init(id: String, content: JSONObject) {
    self.id = id
    self.content = content
  }
}

/// A row as a store holds it.
public struct StoredRecord: Sendable, Hashable {
  /// The row's id.
  public let id: String
  /// What it holds, by column.
  ///
  /// JSON columns that hold no JSON have their text as it is.
  public let fields: JSONObject
  /// Whether the row was archived.
  public let isArchived: Bool

  /// A row of these parts.
  public init(id: String, fields: JSONObject, isArchived: Bool = false) {
    self.id = id
    self.fields = fields
    self.isArchived = isArchived
  }
}

/// The refusal to seed a store in which something else has the default organization's identity.
public struct SeedIdentityConflict: Error, Equatable {
  /// The number and public id that are held.
  public let held: SeedOrganization
  /// The organization that should have them.
  public let wanted: SeedOrganization

  /// A conflict between two organizations.
  package init(held: SeedOrganization, wanted: SeedOrganization) {
    self.held = held
    self.wanted = wanted
  }
}
