package import Everruns
package import EverrunsDocuments

/// A plan of what seeding would do to a store, with a reason for every row.
package struct SeedPlan {
  /// The version of the decision rules.
  ///
  /// Other versions may decide differently.
  package static let rulesVersion = 4

  /// The inputs of the plan.
  package let header: Header
  /// Every row that was considered, in order.
  package let rows: SeedPlanRows
  /// How many rows have each action.
  package let summary: SeedSummary

  /// Creates a plan with a known summary.
  package init(header: Header, rows: SeedPlanRows, summary: SeedSummary) {
    self.header = header
    self.rows = rows
    self.summary = summary
  }

  /// Creates a plan and counts its rows.
  ///
  /// - Throws: Errors of reading the rows.
  package init(header: Header, rows: SeedPlanRows) throws {
    self.init(header: header, rows: rows, summary: try rows.summary())
  }

  /// The inputs of a plan.
  package struct Header: Sendable, Equatable {
    /// The definition.
    package var platform: Source
    /// The revision of a saved definition.
    package let platformRevision: Int?
    /// The catalog.
    package var catalog: Source
    /// The store.
    package let store: StoreState
    /// The deployment grade, which decides whether agents for `dev` are seeded.
    package var grade: Grade
    /// The options of the run.
    package var options: SeedOptions

    /// Creates a header.
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

  /// A document that a plan is based on.
  package struct Source: Sendable, Equatable {
    /// Its reference: `oss`, `acme@3`, `./platform.yaml`.
    package let ref: String
    /// Its fingerprint.
    package let fingerprint: Fingerprint

    /// Creates a source.
    package init(ref: String, fingerprint: Fingerprint) {
      self.ref = ref
      self.fingerprint = fingerprint
    }
  }

  /// The identity and the state of a store.
  package struct StoreState: Sendable, Equatable {
    /// The store's id; `nil` if there is no store yet.
    package let id: String?
    /// The serial: how many times rows have changed since the store was created.
    package let serial: Int

    /// Creates a state.
    package init(id: String?, serial: Int) {
      self.id = id
      self.serial = serial
    }

    /// The state of a store that does not exist yet.
    package static let new = StoreState(id: nil, serial: 0)
  }

  /// Whether applying the plan would change something, or is blocked from it.
  package var hasDifferences: Bool { summary.contains(where: \.isDifference) }

  /// Whether applying the plan would change something.
  package var writes: Bool { summary.contains(where: \.writes) }
}
