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
