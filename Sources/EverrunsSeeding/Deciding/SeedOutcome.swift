import EverrunsDocuments

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
  /// The rows of all organizations, by built-in harness.
  package private(set) var harnesses: [String: HarnessRows] = [:]
  /// The renames that the definition does not declare.
  package private(set) var renames = ProposedRenames()

  /// Creates an empty outcome.
  package init() {}

  /// The rows of a built-in harness that have no equal row in another outcome.
  package func rows(of harness: String, otherThan other: SeedOutcome) -> SeedSummary {
    (harnesses[harness] ?? HarnessRows()).summary(without: other.harnesses[harness])
  }

  /// Adds a row of a plan.
  package mutating func add(_ row: SeedPlanRow) {
    renames.add(row)
    if row.address.kind == .harness {
      harnesses[row.name, default: HarnessRows()].add(row)
    } else if row.address.scope == .defaultOrganization {
      records.append(Record(address: row.address, reason: row.reason, exists: row.exists))
    } else {
      others.append(row)
    }
  }
}

extension SeedOutcome {
  /// The rows of a built-in harness: those with equal outcomes are counted.
  package struct HarnessRows: Sendable, Equatable {
    private struct Outcome: Hashable {
      let reason: SeedReason
      /// A hash of the bytes of the changes, which are long if they are prompts, and may differ
      /// between any two organizations.
      let changes: Int

      init(_ row: SeedPlanRow) {
        reason = row.reason
        let changes = JSONValue.array(row.changes.map(\.document))
        self.changes = Array(changes.canonicalJSON.utf8).hashValue
      }
    }

    private var counts: [Outcome: Int] = [:]

    /// Adds a row of a plan.
    fileprivate mutating func add(_ row: SeedPlanRow) {
      counts[Outcome(row), default: 0] += row.organizations ?? 1
    }

    /// How many rows have each action, without those that have equal ones among others.
    fileprivate func summary(without others: HarnessRows?) -> SeedSummary {
      var summary = SeedSummary()
      for (outcome, number) in counts {
        let added = number - (others?.counts[outcome] ?? 0)
        if added > 0 { summary.count(.harness, outcome.reason, added) }
      }
      return summary
    }
  }
}
