public import Everruns
public import EverrunsDocuments

/// What seeding would do to a store: a value, with a reason on every row.
public struct SeedPlan {
  /// The version of the rules by which rows are decided.
  ///
  /// Another version may decide otherwise.
  public static let rulesVersion = 1

  /// What the plan was made from.
  public let header: Header
  /// Every row that was considered, in order.
  public let rows: SeedPlanRows
  /// How many rows have each action.
  public let summary: SeedSummary

  /// A plan of rows that were counted before.
  public init(header: Header, rows: SeedPlanRows, summary: SeedSummary) {
    self.header = header
    self.rows = rows
    self.summary = summary
  }

  /// A plan of these rows.
  ///
  /// - Throws: what reading the rows throws.
  public init(header: Header, rows: SeedPlanRows) throws {
    self.init(header: header, rows: rows, summary: try rows.summary())
  }

  /// What a plan was made from.
  public struct Header: Sendable, Equatable {
    /// The definition, as it was referred to.
    public let platform: Source
    /// The revision of a saved definition.
    public let platformRevision: Int?
    /// The catalog, as it was referred to.
    public let catalog: Source
    /// The store.
    public let store: StoreState
    /// The grade that decided which agents count.
    public let grade: Grade
    /// What the run may do, and where.
    public let options: SeedOptions

    /// A header of these parts.
    public init(
      platform: Source, platformRevision: Int?, catalog: Source, store: StoreState, grade: Grade,
      options: SeedOptions = SeedOptions()
    ) {
      self.platform = platform
      self.platformRevision = platformRevision
      self.catalog = catalog
      self.store = store
      self.grade = grade
      self.options = options
    }
  }

  /// A document that a plan was made from.
  public struct Source: Sendable, Equatable {
    /// How it was referred to: `oss`, `acme@3`, `./platform.yaml`.
    public let ref: String
    /// Its fingerprint.
    public let fingerprint: Fingerprint

    /// A source.
    public init(ref: String, fingerprint: Fingerprint) {
      self.ref = ref
      self.fingerprint = fingerprint
    }
  }

  /// Which store it was, and how far it had come.
  public struct StoreState: Sendable, Equatable {
    /// The store's id; `nil` where there is no store yet.
    public let id: String?
    /// How often rows have changed since the store was made.
    public let serial: Int

    /// The state of a store.
    public init(id: String?, serial: Int) {
      self.id = id
      self.serial = serial
    }

    /// The state of a store that does not exist yet.
    public static let new = StoreState(id: nil, serial: 0)
  }

  /// Whether carrying the plan out would change something or is being prevented from it.
  public var hasDifferences: Bool { summary.contains(where: \.isDifference) }

  /// Whether carrying the plan out would change something.
  public var writes: Bool { summary.contains(where: \.writes) }
}

/// One row of a plan.
public struct SeedPlanRow: Sendable, Hashable {
  /// What names the row.
  public let address: SeedAddress
  /// Its name, as people see it.
  public let name: String
  /// Its id; `nil` where it is yet to be made without a seed id, and where rows are folded.
  public let id: String?
  /// The public id of the organization; `nil` where rows are folded.
  public let organization: String?
  /// How many organizations a folded row stands for.
  public let organizations: Int?
  /// Why it has its action.
  public let reason: SeedReason
  /// What else is worth knowing.
  public let notes: [SeedNote]
  /// For rows that are skipped: whether the row is in the store all the same.
  public let exists: Bool?
  /// For rows that are updated: what changes, and only that.
  public let changes: [FieldChange]

  /// A row of these parts.
  public init(
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

/// A field whose value is or would be another one.
public struct FieldChange: Sendable, Hashable {
  /// The field's name: the column's, or the document's key.
  public let field: String
  /// What it is.
  public let before: JSONValue
  /// What it becomes.
  public let after: JSONValue

  /// A change of one field.
  public init(field: String, before: JSONValue, after: JSONValue) {
    self.field = field
    self.before = before
    self.after = after
  }

  /// The change as an object.
  public var document: JSONValue {
    ["field": .string(field), "before": before, "after": after]
  }
}
