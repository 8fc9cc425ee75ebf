package import Everruns
package import EverrunsDocuments

/// What a change of a platform definition means for everything that depends on what was changed: in
/// the definition and in a store.
package struct DefinitionImpact: Sendable, Equatable {
  /// A capability that now misses something it needs.
  package struct Capability: Sendable, Equatable {
    /// Its id.
    package let id: String
    /// What it misses, and did not miss before.
    package let missing: [String]
  }

  /// A harness template that comes out otherwise than before.
  package struct Harness: Sendable, Equatable {
    /// What it gains and loses.
    package let change: EffectiveHarnessChange
    /// What is worth knowing about its rows now, and was not before.
    package let notes: [SeedNote]
    /// In how many organizations its row will have each action.
    package let organizations: SeedSummary
  }

  /// A row of the default organization that seeding treats otherwise than before.
  package struct SeedRow: Sendable, Equatable {
    /// What names the row.
    package let address: SeedAddress
    /// What seeding would have done with it; `nil` if there was no such row.
    package let before: SeedAction?
    /// What seeding does with it now, with the reason; `nil` if there is no such row any more.
    package let after: SeedReason?
    /// For a row that is skipped now: whether it exists.
    package let exists: Bool?
  }

  /// An agent in the store that loses capabilities.
  package struct Agent: Sendable, Equatable {
    /// The public id of its organization.
    package let organization: String
    /// The name of its organization.
    package let organizationName: String
    /// Its name.
    package let name: String
    /// The capabilities that are not registered any more.
    package let loses: [String]

    /// An agent of these parts.
    package init(organization: String, organizationName: String, name: String, loses: [String]) {
      self.organization = organization
      self.organizationName = organizationName
      self.name = name
      self.loses = loses
    }
  }

  /// What the store says about both definitions.
  package struct StoreView: Sendable {
    /// What seeding would have done, and what it does now.
    package var before: SeedOutcome
    package var after: SeedOutcome
    /// The agents that lose something.
    package var agents: [Agent]

    /// A view of these parts.
    package init(before: SeedOutcome, after: SeedOutcome, agents: [Agent]) {
      self.before = before
      self.after = after
      self.agents = agents
    }
  }

  /// Capabilities that miss something now.
  package let capabilities: [Capability]
  /// Templates that come out otherwise.
  package let harnesses: [Harness]
  /// Rows of the default organization that are seeded otherwise.
  package let seedRows: [SeedRow]
  /// Agents that lose something.
  package let agents: [Agent]
  /// What the definition is warned of now, and was not before.
  package let warnings: [Diagnostic]

  /// Whether nothing else is touched.
  package var isEmpty: Bool {
    capabilities.isEmpty && harnesses.isEmpty && seedRows.isEmpty && agents.isEmpty
      && warnings.isEmpty
  }

  /// What a change from one definition to another means.
  ///
  /// - Parameters:
  ///   - grade: The grade of the deployment.
  ///   - store: What a store says about both; `nil` where there is none to be asked.
  ///   - warnings: What to warn of; `nil` for the warnings that are new.
  package init(
    from before: PlatformDefinition, to after: PlatformDefinition, grade: Grade,
    store: StoreView?, warnings: [Diagnostic]? = nil
  ) {
    capabilities = after.capabilities.compactMap { capability in
      let missing = capability.dependencies.filter {
        !after.capabilities.contains($0) && before.capabilities.contains($0)
      }
      return missing.isEmpty ? nil : Capability(id: capability.id, missing: missing)
    }
    let known = Self.notes(of: before)
    let notes = Self.notes(of: after)
    harnesses = before.effectiveChanges(to: after).map { change in
      Harness(
        change: change,
        notes: (notes[change.name] ?? []).filter { !(known[change.name] ?? []).contains($0) },
        organizations: store?.after.harnesses[change.name] ?? SeedSummary())
    }
    seedRows = store.map { Self.seedRows(from: $0.before.records, to: $0.after.records) } ?? []
    agents = store?.agents ?? []
    self.warnings = warnings ?? after.warnings(newSince: before, grade: grade)
  }

  /// What is worth knowing about the rows of each template.
  private static func notes(of definition: PlatformDefinition) -> [String: [SeedNote]] {
    Dictionary(
      SeedPlanner.harnesses(of: definition).map { ($0.template.name, $0.notes) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func seedRows(
    from old: [SeedOutcome.Record], to new: [SeedOutcome.Record]
  ) -> [SeedRow] {
    let before = Dictionary(old.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let present = Set(new.map(\.address))
    return old.filter { !present.contains($0.address) }.map {
      SeedRow(address: $0.address, before: $0.reason.action, after: nil, exists: nil)
    }
      + new.compactMap { record in
        let previous = before[record.address]?.reason
        guard previous != record.reason else { return nil }
        return SeedRow(
          address: record.address, before: previous?.action, after: record.reason,
          exists: record.exists)
      }
  }
}

extension PlatformDefinition {
  /// The warnings about this definition that were not there about another one.
  package func warnings(newSince other: PlatformDefinition, grade: Grade) -> [Diagnostic] {
    // Sentences are compared, since places and suggestions move with everything else.
    let known = Set(other.validate(grade: grade).map { ExactText($0.message) })
    return validate(grade: grade).filter {
      $0.severity == .warning && !known.contains(ExactText($0.message))
    }
  }
}
