package import Everruns
package import EverrunsDocuments

/// What seeding would do to a store: a value, with a reason on every row.
package struct SeedPlan {
  /// The version of the rules by which rows are decided.
  ///
  /// Another version may decide otherwise.
  package static let rulesVersion = 1

  /// What the plan was made from.
  package let header: Header
  /// Every row that was considered, in order.
  package let rows: SeedPlanRows
  /// How many rows have each action.
  package let summary: SeedSummary

  /// A plan of rows that were counted before.
  package init(header: Header, rows: SeedPlanRows, summary: SeedSummary) {
    self.header = header
    self.rows = rows
    self.summary = summary
  }

  /// A plan of these rows.
  ///
  /// - Throws: what reading the rows throws.
  package init(header: Header, rows: SeedPlanRows) throws {
    self.init(header: header, rows: rows, summary: try rows.summary())
  }

  /// What a plan was made from.
  package struct Header: Sendable, Equatable {
    /// The definition, as it was referred to.
    package let platform: Source
    /// The revision of a saved definition.
    package let platformRevision: Int?
    /// The catalog, as it was referred to.
    package let catalog: Source
    /// The store.
    package let store: StoreState
    /// The grade that decided which agents count.
    package let grade: Grade
    /// What the run may do, and where.
    package let options: SeedOptions

    /// A header of these parts.
    package init(
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
  package struct Source: Sendable, Equatable {
    /// How it was referred to: `oss`, `acme@3`, `./platform.yaml`.
    package let ref: String
    /// Its fingerprint.
    package let fingerprint: Fingerprint

    /// A source.
    package init(ref: String, fingerprint: Fingerprint) {
      self.ref = ref
      self.fingerprint = fingerprint
    }
  }

  /// Which store it was, and how far it had come.
  package struct StoreState: Sendable, Equatable {
    /// The store's id; `nil` where there is no store yet.
    package let id: String?
    /// How often rows have changed since the store was made.
    package let serial: Int

    /// The state of a store.
    package init(id: String?, serial: Int) {
      self.id = id
      self.serial = serial
    }

    /// The state of a store that does not exist yet.
    package static let new = StoreState(id: nil, serial: 0)
  }

  /// Whether carrying the plan out would change something or is being prevented from it.
  package var hasDifferences: Bool { summary.contains(where: \.isDifference) }

  /// Whether carrying the plan out would change something.
  package var writes: Bool { summary.contains(where: \.writes) }
}
