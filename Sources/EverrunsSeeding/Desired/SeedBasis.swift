package import Everruns
package import EverrunsDocuments

/// The inputs that determine the desired state: identified by fingerprints and built lazily,
/// because a run without changes does not need them.
package struct SeedBasis {
  /// The fingerprint of the definition.
  package let platform: Fingerprint
  /// The fingerprint of the catalog.
  package let catalog: Fingerprint
  /// The grade that decides which agents count.
  package let grade: Grade
  private let makeDesiredState: () -> SeedDesiredState

  /// Creates a basis with known fingerprints.
  ///
  /// - Parameter planner: Creates the planner for the definition and catalog with these
  ///   fingerprints.
  package init(
    platform: Fingerprint, catalog: Fingerprint, grade: Grade,
    planner: @escaping () -> SeedPlanner
  ) {
    self.platform = platform
    self.catalog = catalog
    self.grade = grade
    makeDesiredState = { planner().desiredState }
  }

  private init(_ basis: SeedBasis, desiredState: @escaping () -> SeedDesiredState) {
    platform = basis.platform
    catalog = basis.catalog
    grade = basis.grade
    makeDesiredState = desiredState
  }

  /// Creates a basis from a definition and a catalog.
  package init(definition: PlatformDefinition, catalog: SeedCatalog, grade: Grade) {
    self.init(platform: definition.fingerprint, catalog: catalog.fingerprint, grade: grade) {
      SeedPlanner(definition: definition, catalog: catalog, grade: grade)
    }
  }

  /// The desired state.
  package var desiredState: SeedDesiredState { makeDesiredState() }

  /// The same basis with another form of the desired state, for a store that keeps values in a form
  /// of its own.
  ///
  /// - Parameter transform: Converts the desired state to that form.
  package func mapping(
    _ transform: @escaping (SeedDesiredState) -> SeedDesiredState
  ) -> SeedBasis {
    SeedBasis(self) { [makeDesiredState] in transform(makeDesiredState()) }
  }
}
