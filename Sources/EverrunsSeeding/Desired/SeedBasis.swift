package import Everruns
package import EverrunsDocuments

/// The inputs that determine the desired state, identified by fingerprints.
///
/// The state itself is built when it is first needed: a run without changes does not need it.
package struct SeedBasis {
  /// The fingerprint of the definition.
  package let platform: Fingerprint
  /// The fingerprint of the catalog.
  package let catalog: Fingerprint
  /// The grade that decides which agents count.
  package let grade: Grade
  private let built: BuiltOnce

  /// Creates a basis with known fingerprints.
  ///
  /// - Parameters:
  ///   - platform: The fingerprint of the definition.
  ///   - catalog: The fingerprint of the catalog.
  ///   - grade: The grade that decides which agents count.
  ///   - planner: Creates the planner for the definition and catalog with these fingerprints. It is
  ///     called at most once, when the desired state is first needed.
  package init(
    platform: Fingerprint, catalog: Fingerprint, grade: Grade,
    planner: @escaping () -> SeedPlanner
  ) {
    self.platform = platform
    self.catalog = catalog
    self.grade = grade
    built = BuiltOnce { planner().desiredState }
  }

  private init(_ basis: SeedBasis, desiredState: @escaping () -> SeedDesiredState) {
    platform = basis.platform
    catalog = basis.catalog
    grade = basis.grade
    built = BuiltOnce(desiredState)
  }

  /// Creates a basis from a definition and a catalog.
  package init(definition: PlatformDefinition, catalog: SeedCatalog, grade: Grade) {
    self.init(platform: definition.fingerprint, catalog: catalog.fingerprint, grade: grade) {
      SeedPlanner(definition: definition, catalog: catalog, grade: grade)
    }
  }

  /// The desired state.
  package var desiredState: SeedDesiredState { built.state }

  /// The same basis with another form of the desired state.
  ///
  /// A store may keep values in a form of its own.
  ///
  /// - Parameter transform: Converts the desired state to that form.
  /// - Returns: A basis with the same fingerprints, whose state is converted when it is first
  ///   needed.
  package func mapping(
    _ transform: @escaping (SeedDesiredState) -> SeedDesiredState
  ) -> SeedBasis {
    SeedBasis(self) { [built] in transform(built.state) }
  }

  /// A desired state that is built at most once: a run asks for it several times.
  private final class BuiltOnce {
    private let build: () -> SeedDesiredState
    private(set) lazy var state = build()

    init(_ build: @escaping () -> SeedDesiredState) {
      self.build = build
    }
  }
}
