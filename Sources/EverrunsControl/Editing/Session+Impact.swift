import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

extension Session {
  /// The impact of a change on the definition and on the store of this command.
  ///
  /// If the store cannot be compared, its part is left out with a note: saving does not depend on
  /// it.
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
        let error = ControlError(wrapping: error)
        guard case .store(let problem) = error, problem != .interrupted else { throw error }
        note("the impact on the store is unknown: \(error.message)")
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
    let view = DefinitionImpact.StoreView(
      before: try outcome(before), after: try outcome(after),
      agents: try agents(of: store, losingFrom: before, to: after))
    endProgress()
    return view
  }

  /// The stored agents with capabilities that are no longer registered.
  private func agents(
    of store: some Store, losingFrom before: PlatformDefinition, to after: PlatformDefinition
  ) throws -> [DefinitionImpact.Agent] {
    let lost = Set(before.capabilities.identifiers.filter { !after.capabilities.contains($0) })
    guard !lost.isEmpty else { return [] }
    let losing = try store.records(.agent, organization: nil).compactMap {
      row -> (organization: JSONValue?, name: String, refs: [String])? in
      let refs = (row["capabilities"]?.array ?? []).compactMap { $0["ref"]?.string }
        .filter(lost.contains)
      return refs.isEmpty ? nil : (row["org_id"], row["name"]?.string ?? "", refs)
    }
    guard !losing.isEmpty else { return [] }
    let organizations = Dictionary(
      try store.organizations().map { (JSONValue.integer($0.orgID), $0) },
      uniquingKeysWith: { first, _ in first })
    return losing.map { agent in
      let organization = agent.organization.flatMap { organizations[$0] }
      return DefinitionImpact.Agent(
        organization: organization?.publicID ?? "", organizationName: organization?.name ?? "",
        name: agent.name, loses: agent.refs)
    }
  }
}
