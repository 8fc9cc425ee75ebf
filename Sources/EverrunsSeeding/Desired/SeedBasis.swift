package import Everruns
package import EverrunsDocuments

/// Everything that decides what a store should hold: known by its fingerprints, and made when it is
/// needed, which it is not where nothing has changed.
package struct SeedBasis {
  /// The fingerprint of the definition.
  package let platform: Fingerprint
  /// The fingerprint of the catalog.
  package let catalog: Fingerprint
  /// The grade that decides which agents count.
  package let grade: Grade
  private let planner: () -> SeedPlanner

  /// What decides a run, by fingerprints that are known before.
  ///
  /// - Parameter planner: Makes the planner of the definition and catalog with these fingerprints.
  package init(
    platform: Fingerprint, catalog: Fingerprint, grade: Grade,
    planner: @escaping () -> SeedPlanner
  ) {
    self.platform = platform
    self.catalog = catalog
    self.grade = grade
    self.planner = planner
  }

  /// What decides a run that starts from a definition and a catalog.
  package init(definition: PlatformDefinition, catalog: SeedCatalog, grade: Grade) {
    self.init(platform: definition.fingerprint, catalog: catalog.fingerprint, grade: grade) {
      SeedPlanner(definition: definition, catalog: catalog, grade: grade)
    }
  }

  /// What the store should hold.
  package var desiredState: SeedDesiredState { planner().desiredState }
}
