import Everruns
import EverrunsSeeding
import EverrunsStore

/// The definition and the catalog that a server seeds, and creates new organizations from.
struct ServerPlatform: Sendable {
  let definition: PlatformDefinition
  /// The definition, as recorded in plans and in the store.
  let source: SeedPlan.Source
  let catalog: SeedCatalog
  /// The catalog, as recorded in plans.
  let catalogSource: SeedPlan.Source
  let grade: Grade

  init(
    _ definition: PlatformDefinition, named name: String, catalog: SeedCatalog?, grade: Grade
  ) {
    self.definition = definition
    self.grade = grade
    self.catalog = catalog ?? .stock
    source = SeedPlan.Source(ref: name, fingerprint: definition.fingerprint)
    catalogSource = SeedPlan.Source(
      ref: catalog == nil ? "stock" : "server", fingerprint: self.catalog.fingerprint)
  }

  /// The inputs that determine the desired state.
  var basis: SeedBasis {
    SeedBasis(
      platform: source.fingerprint, catalog: catalogSource.fingerprint, grade: grade
    ) { [definition, catalog, grade] in
      SeedPlanner(definition: definition, catalog: catalog, grade: grade)
    }
  }

  /// Seeds a store with the platform, as the tool's `seed apply` does.
  ///
  /// - Parameters:
  ///   - store: The store, opened for writing.
  ///   - change: Who makes the change, and why.
  /// - Returns: The outcome, also if there was nothing to do.
  /// - Throws: `StoreError` if the store cannot be read or written.
  func seed(_ store: any Store, change: StoreChange) throws -> SeedingOutcome {
    let options = SeedOptions()
    let basis = basis
    if let settled = try store.settledFindings(basis, options: options, platform: source) {
      return try SeedingOutcome(plan(settled, options), serial: settled.state.serial)
    }
    let result = try store.apply(
      basis, options: options, isFull: false, platform: source, change: change,
      decide: { _ in true })
    return try SeedingOutcome(plan(result.findings, options), serial: result.serial)
  }

  private func plan(_ findings: SeedFindings, _ options: SeedOptions) -> SeedPlan {
    SeedPlan(
      header: SeedPlan.Header(
        platform: source, platformRevision: nil, catalog: catalogSource, store: findings.state,
        grade: grade, options: options),
      rows: findings.rows, summary: findings.summary)
  }
}
