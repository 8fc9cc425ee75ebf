import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

extension Session {
  /// The impact of a change on the definition and on the store of this command.
  ///
  /// If the store cannot be compared, or an interrupt ends that after the change was saved, its part
  /// is left out with a note: saving does not depend on it.
  func impact(
    from before: PlatformDefinition, to after: PlatformDefinition
  ) throws -> DefinitionImpact {
    let grade = try grade()
    var view: DefinitionImpact.StoreView?
    // Comparing the store takes longest, and text output with --quiet does not show the result.
    if before != after, !isQuietText {
      do {
        view = try storeView(from: before, to: after, grade: grade)
      } catch {
        switch ControlError(wrapping: error, after: lastingEffect) {
        case .interrupted(.change): note("the impact on the store is unknown: interrupted")
        case .store(let problem) where problem != .interrupted:
          note("the impact on the store is unknown: \(problem.message)")
        case let error: throw error
        }
      }
    }
    return DefinitionImpact(from: before, to: after, grade: grade, store: view)
  }

  private func storeView(
    from before: PlatformDefinition, to after: PlatformDefinition, grade: Grade
  ) throws -> DefinitionImpact.StoreView {
    let store = try storeForComparing()
    func outcome(_ definition: PlatformDefinition) throws -> SeedOutcome {
      let basis = SeedBasis(definition: definition, catalog: program.catalog, grade: grade)
      return try store.compare(basis, options: SeedOptions(), isFull: false) { findings in
        var outcome = SeedOutcome()
        try findings.rows.read { outcome.add($0) }
        return outcome
      }
    }
    let (old, new) = (try outcome(before), try outcome(after))
    let view = DefinitionImpact.StoreView(
      before: old, after: new,
      others: old.others == new.others
        ? [] : try changes(in: store, from: before, to: after, grade: grade),
      ownHarnesses: try ownHarnesses(of: store, changingFrom: before, to: after),
      agents: try agents(of: store, losingFrom: before, to: after))
    endProgress()
    return view
  }

  /// The settings of organizations other than the default one whose outcome changes.
  ///
  /// They are compared one by one: groups of equal rows do not tell which organizations moved.
  private func changes(
    in store: some Store, from before: PlatformDefinition, to after: PlatformDefinition,
    grade: Grade
  ) throws -> [DefinitionImpact.SeedRow] {
    var changes = OutcomeChanges(isVerboseText ? .foldedNamingAll : .folded)
    func read(
      _ definition: PlatformDefinition, _ add: (inout OutcomeChanges, SeedPlanRow) -> Void
    ) throws {
      let basis = SeedBasis(definition: definition, catalog: program.catalog, grade: grade)
      try store.compare(basis, options: SeedOptions(), isFull: false) { findings in
        try findings.visit(.expanded, SeedRowFilter(kinds: [.organizationSettings])) {
          add(&changes, $0)
        }
      }
    }
    try read(before) { $0.addBefore($1) }
    try read(after) { $0.addAfter($1) }
    return changes.rows()
  }

  /// The stored agents whose capabilities, or dependencies of these, are no longer registered.
  private func agents(
    of store: some Store, losingFrom before: PlatformDefinition, to after: PlatformDefinition
  ) throws -> [DefinitionImpact.Agent] {
    func dependencies(in definition: PlatformDefinition) -> [String: [String]] {
      Dictionary(firstByKey: definition.capabilities.map { ($0.id, $0.dependencies) })
    }
    guard dependencies(in: before) != dependencies(in: after) else { return [] }
    // Many agents have the same capabilities.
    var lost: [[String]: [String]] = [:]
    func loss(of references: [String]) -> [String] {
      if let known = lost[references] { return known }
      let available = Set(after.availableCapabilities(references))
      let loss = before.availableCapabilities(references).filter { !available.contains($0) }
      lost[references] = loss
      return loss
    }
    let losing = try store.records(.agent, organization: nil).compactMap {
      row -> (organization: Int?, name: String, refs: [String])? in
      let refs = loss(of: (row["capabilities"]?.array ?? []).compactMap { $0["ref"]?.string })
      return refs.isEmpty ? nil : (row.integer("org_id"), row.text("name") ?? "", refs)
    }
    guard !losing.isEmpty else { return [] }
    let organizations = try OrganizationsByNumber(of: store)
    return losing.map { agent in
      DefinitionImpact.Agent(
        organization: organizations[agent.organization], name: agent.name, loses: agent.refs)
    }
  }

  /// The organizations' own harnesses whose effective contents change: those that use capabilities
  /// that change, and those that inherit from a template that does.
  private func ownHarnesses(
    of store: some Store, changingFrom before: PlatformDefinition, to after: PlatformDefinition
  ) throws -> [DefinitionImpact.OwnHarness] {
    let harnesses = try store.ownHarnesses()
    let templates = TemplatesByRow(before, after)
    func key(_ id: String) -> String { "harness/\(id)" }
    let changes = before.effectiveChanges(
      to: after,
      of: harnesses.map { harness in
        let parent: String? =
          switch harness.parent {
          case .builtIn(let name): templates[name]
          case .own(let id): key(id)
          case nil: nil
          }
        return BuiltInHarness(
          name: key(harness.id), displayName: harness.name, systemPrompt: "", parent: parent,
          capabilities: harness.capabilities)
      })
    guard !changes.isEmpty else { return [] }
    let organizations = try OrganizationsByNumber(of: store)
    let byKey = Dictionary(firstByKey: harnesses.map { (key($0.id), $0) })
    return changes.compactMap { change in
      byKey[change.name].map {
        DefinitionImpact.OwnHarness(
          organization: organizations[$0.organization], name: $0.name, change: change)
      }
    }
  }
}

/// The organizations of a store, to be found by number.
private struct OrganizationsByNumber {
  private let organizations: [Int: NamedOrganization]

  init(of store: some Store) throws {
    organizations = Dictionary(
      firstByKey: try store.organizations().map { ($0.orgID, $0.named) })
  }

  /// The organization of a row; an empty one if the row names none that exists.
  subscript(number: Int?) -> NamedOrganization {
    number.flatMap { organizations[$0] } ?? NamedOrganization(publicID: "", name: "")
  }
}

/// The templates of a changed definition, to be found by the names that their rows may still have.
private struct TemplatesByRow {
  private let names: [String: String]

  init(_ before: PlatformDefinition, _ after: PlatformDefinition) {
    names = Dictionary(
      firstByKey: [after, before].flatMap { definition in
        let harnesses = definition.builtInHarnesses
        return zip(harnesses, harnesses.claimedPreviousNames).flatMap { template, previousNames in
          ([template.name] + previousNames).map { ($0, template.name) }
        }
      })
  }

  /// The name of the template of the row with a name, if it has one.
  subscript(rowName: String) -> String? { names[rowName] }
}
