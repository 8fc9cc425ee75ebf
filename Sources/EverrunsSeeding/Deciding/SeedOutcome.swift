/// What seeding would do to a store, as far as the impact of a change is told from it.
package struct SeedOutcome: Sendable, Equatable {
  /// A row of the default organization.
  package struct Record: Sendable, Equatable {
    /// What names the row.
    package let address: SeedAddress
    /// What is done with it, and why.
    package let reason: SeedReason
    /// For a row that is skipped: whether it exists.
    package let exists: Bool?
  }

  /// The rows of the default organization that are not built-in harnesses, in order.
  package private(set) var records: [Record] = []
  /// In how many organizations the built-in harness of each name has each action.
  package private(set) var harnesses: [String: SeedSummary] = [:]

  /// The outcome of no rows.
  package init() {}

  /// Adds a row of a plan.
  package mutating func add(_ row: SeedPlanRow) {
    if row.address.kind == .harness {
      harnesses[row.name, default: SeedSummary()].count(row)
    } else if row.address.scope == .defaultOrganization {
      records.append(Record(address: row.address, reason: row.reason, exists: row.exists))
    }
  }
}
