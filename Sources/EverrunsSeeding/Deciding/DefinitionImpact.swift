package import Everruns
package import EverrunsDocuments

/// The impact of a change of a platform definition on everything that depends on it: in the
/// definition and in a store.
package struct DefinitionImpact: Sendable, Equatable {
  /// A capability that now lacks a dependency.
  package struct Capability: Sendable, Equatable {
    /// The id of the capability.
    package let id: String
    /// The dependencies that it lacks now and did not lack before.
    package let missing: [String]
  }

  /// A harness template whose effective contents change.
  package struct Harness: Sendable, Equatable {
    /// The capabilities that it gains and loses.
    package let change: EffectiveHarnessChange
    /// Notes about its rows that are new.
    package let notes: [SeedNote]
    /// The number of organizations in which its row will have each action, of rows for which the
    /// change makes a difference.
    package let organizations: SeedSummary
  }

  /// A row for which seeding's action changes, or equal ones of several organizations.
  package struct SeedRow: Sendable, Equatable {
    /// The address of the row.
    package let address: SeedAddress
    /// How many organizations a folded row covers.
    package let organizations: Int?
    /// Organizations other than the default one that the row is about: that of a single row, the
    /// first ones of a folded row.
    package let examples: [NamedOrganization]
    /// The previous action; `nil` if there was no such row.
    package let before: SeedAction?
    /// The new action and its reason; `nil` if there is no such row any more.
    package let after: SeedReason?
    /// For a skipped row: whether it exists in the store.
    package let exists: Bool?
  }

  /// An organization's own harness whose effective contents change.
  package struct OwnHarness: Sendable, Equatable {
    /// The organization.
    package let organization: NamedOrganization
    /// The name of the harness.
    package let name: String
    /// What it gains and loses.
    package let change: EffectiveHarnessChange

    /// Creates a harness.
    package init(organization: NamedOrganization, name: String, change: EffectiveHarnessChange) {
      self.organization = organization
      self.name = name
      self.change = change
    }
  }

  /// A stored agent that loses capabilities.
  package struct Agent: Sendable, Equatable {
    /// The organization.
    package let organization: NamedOrganization
    /// The name of the agent.
    package let name: String
    /// Its capabilities that are no longer registered, with dependencies.
    package let loses: [String]

    /// Creates an agent.
    package init(organization: NamedOrganization, name: String, loses: [String]) {
      self.organization = organization
      self.name = name
      self.loses = loses
    }
  }

  /// The store's view of both definitions.
  package struct StoreView: Sendable {
    /// The outcome of seeding before and after the change.
    package var before: SeedOutcome
    package var after: SeedOutcome
    /// The rows of organizations other than the default one that change, without harnesses.
    package var others: [SeedRow]
    /// The organizations' own harnesses whose effective contents change.
    package var ownHarnesses: [OwnHarness]
    /// The agents that lose capabilities.
    package var agents: [Agent]

    /// Creates a view.
    package init(
      before: SeedOutcome, after: SeedOutcome, others: [SeedRow], ownHarnesses: [OwnHarness],
      agents: [Agent]
    ) {
      self.before = before
      self.after = after
      self.others = others
      self.ownHarnesses = ownHarnesses
      self.agents = agents
    }
  }

  /// Capabilities that now lack a dependency.
  package let capabilities: [Capability]
  /// Templates whose effective contents change.
  package let harnesses: [Harness]
  /// Rows other than harnesses whose action changes, in the order of a plan.
  package let seedRows: [SeedRow]
  /// The organizations' own harnesses whose effective contents change.
  package let ownHarnesses: [OwnHarness]
  /// Agents that lose capabilities.
  package let agents: [Agent]
  /// Renames of templates that the change makes but the definition does not declare, so that no row
  /// follows them.
  package let renames: [ProposedRenames.Rename]
  /// Warnings about the definition that are new.
  package let warnings: [Diagnostic]

  /// Whether nothing else is affected.
  package var isEmpty: Bool {
    capabilities.isEmpty && harnesses.isEmpty && seedRows.isEmpty && ownHarnesses.isEmpty
      && agents.isEmpty && warnings.isEmpty
  }

  /// The impact of changing one definition to another.
  ///
  /// - Parameters:
  ///   - before: The definition before the change.
  ///   - after: The definition after the change.
  ///   - grade: The deployment grade.
  ///   - store: The store's view of both; `nil` without a store.
  ///   - warnings: The warnings to report; `nil` for those that are new.
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
    // What was said about a template under its previous name is not new.
    let renames = before.renames(to: after)
    let renamed = before.applying(renames)
    let known = Self.notes(of: renamed)
    let notes = Self.notes(of: after)
    let changes = before.effectiveChanges(to: after)
    harnesses = (Self.leftRows(store, of: changes, in: after) + changes).map { change in
      Harness(
        change: change,
        notes: (notes[change.name] ?? []).filter { !(known[change.name] ?? []).contains($0) },
        organizations: store.map { $0.after.rows(of: change.name, otherThan: $0.before) }
          ?? SeedSummary())
    }
    seedRows = store.map(Self.seedRows) ?? []
    ownHarnesses = store?.ownHarnesses ?? []
    agents = store?.agents ?? []
    self.renames =
      store.map { store in
        let known = store.before.renames.all
        return store.after.renames.all.filter { !known.contains($0) }
      } ?? []
    self.warnings =
      warnings
      ?? after.warnings(newSince: renamed, grade: grade, taking: Set(renames.map(\.new)))
  }

  /// Templates that the new definition does not have, but rows that it leaves behind: those of a
  /// template that was given their name, and which follow no template any more.
  private static func leftRows(
    _ store: StoreView?, of changes: [EffectiveHarnessChange], in definition: PlatformDefinition
  ) -> [EffectiveHarnessChange] {
    guard let store else { return [] }
    let known = Set(changes.map(\.name)).union(definition.builtInHarnesses.map(\.name))
    return store.after.harnesses.keys.filter {
      !known.contains($0) && store.after.rows(of: $0, otherThan: store.before).total > 0
    }.sorted().map { EffectiveHarnessChange(name: $0, operation: .remove) }
  }

  /// The notes about the rows of each template.
  private static func notes(of definition: PlatformDefinition) -> [String: [SeedNote]] {
    Dictionary(
      SeedPlanner.harnesses(of: definition).map { ($0.template.name, $0.notes) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func seedRows(_ store: StoreView) -> [SeedRow] {
    let own = seedRows(from: store.before.records, to: store.after.records)
    func isLike(_ row: SeedRow, _ other: SeedRow) -> Bool {
      row.address.kind == other.address.kind && row.address.names == other.address.names
    }
    return own.flatMap { row in [row] + store.others.filter { isLike(row, $0) } }
      + store.others.filter { other in !own.contains { isLike($0, other) } }
  }

  private static func seedRows(
    from old: [SeedOutcome.Record], to new: [SeedOutcome.Record]
  ) -> [SeedRow] {
    let before = Dictionary(old.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let present = Set(new.map(\.address))
    return old.filter { !present.contains($0.address) }.map {
      SeedRow(
        address: $0.address, organizations: nil, examples: [], before: $0.reason.action, after: nil,
        exists: nil)
    }
      + new.compactMap { record in
        let previous = before[record.address]?.reason
        guard previous != record.reason else { return nil }
        return SeedRow(
          address: record.address, organizations: nil, examples: [], before: previous?.action,
          after: record.reason,
          exists: record.exists)
      }
  }
}

extension PlatformDefinition {
  /// The warnings about this definition that another one does not have.
  ///
  /// The other one may have names that templates were given since; what others say about these is
  /// new.
  package func warnings(
    newSince other: PlatformDefinition, grade: Grade, taking names: Set<String> = []
  ) -> [Diagnostic] {
    func isAboutTaken(_ diagnostic: Diagnostic) -> Bool {
      guard case .previousNameInUse(let name, _)? = diagnostic.problem as? PlatformProblem else {
        return false
      }
      return names.contains(name)
    }
    // Compares sentences, because positions and suggestions change with any edit.
    let known = Set(other.validate(grade: grade).map { ExactText($0.message) })
    return validate(grade: grade).filter {
      $0.severity == .warning && (!known.contains(ExactText($0.message)) || isAboutTaken($0))
    }
  }
}
