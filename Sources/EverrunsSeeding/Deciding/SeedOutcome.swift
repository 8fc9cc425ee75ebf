/// The outcome of seeding, as far as needed to determine the impact of a change.
package struct SeedOutcome: Sendable, Equatable {
  /// A row of the default organization.
  package struct Record: Sendable, Equatable {
    /// The address of the row.
    package let address: SeedAddress
    /// The action and its reason.
    package let reason: SeedReason
    /// For a skipped row: whether it exists in the store.
    package let exists: Bool?
  }

  /// The rows of the default organization other than built-in harnesses, in order.
  package private(set) var records: [Record] = []
  /// The rows of other organizations other than built-in harnesses, folded.
  package private(set) var others: [SeedPlanRow] = []
  /// The number of organizations with each action, by built-in harness.
  package private(set) var harnesses: [String: SeedSummary] = [:]
  /// The renames that the definition does not declare.
  package private(set) var renames = ProposedRenames()

  /// Creates an empty outcome.
  package init() {}

  /// Adds a row of a plan.
  package mutating func add(_ row: SeedPlanRow) {
    renames.add(row)
    if row.address.kind == .harness {
      harnesses[row.name, default: SeedSummary()].count(row)
    } else if row.address.scope == .defaultOrganization {
      records.append(Record(address: row.address, reason: row.reason, exists: row.exists))
    } else {
      others.append(row)
    }
  }
}
