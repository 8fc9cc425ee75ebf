package import Everruns
package import EverrunsDocuments

/// What a change of a platform definition means for everything that depends on what was changed.
package struct DefinitionImpact: Sendable, Equatable {
  /// A capability that now misses something it needs.
  package struct Capability: Sendable, Equatable {
    /// Its id.
    package let id: String
    /// What it misses, and did not miss before.
    package let missing: [String]
  }

  /// A harness template that organizations get otherwise than before.
  package struct Harness: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Whether the template is there now, no more, or has changed.
    package let operation: DefinitionChange.Operation
    /// What is worth knowing about it now, and was not before.
    package let notes: [SeedNote]
  }

  /// A row of the seed catalog that is seeded otherwise than before.
  package struct SeedRow: Sendable, Equatable {
    /// What names the row.
    package let address: SeedAddress
    /// What a new store would have got.
    package let before: SeedAction
    /// What a new store gets now, with the reason.
    package let after: SeedReason
  }

  /// Capabilities that miss something now.
  package let capabilities: [Capability]
  /// Templates that are provisioned otherwise.
  package let harnesses: [Harness]
  /// Rows of the catalog that are seeded otherwise.
  package let seedRows: [SeedRow]

  /// What the definition is warned of now, and was not before.
  package let warnings: [Diagnostic]

  /// Whether nothing else is touched.
  package var isEmpty: Bool {
    capabilities.isEmpty && harnesses.isEmpty && seedRows.isEmpty && warnings.isEmpty
  }

  /// What a change from one definition to another means.
  ///
  /// - Parameters:
  ///   - catalog: The catalog whose rows are looked at, as a new store would get them.
  ///   - grade: The grade of the deployment.
  package init(
    from before: PlatformDefinition, to after: PlatformDefinition, catalog: SeedCatalog,
    grade: Grade
  ) {
    capabilities = after.capabilities.compactMap { capability in
      let missing = capability.dependencies.filter {
        !after.capabilities.contains($0) && before.capabilities.contains($0)
      }
      return missing.isEmpty ? nil : Capability(id: capability.id, missing: missing)
    }
    let old = SeedPlanner(definition: before, catalog: catalog, grade: grade).desiredState
    let new = SeedPlanner(definition: after, catalog: catalog, grade: grade).desiredState
    harnesses = Self.harnesses(from: old.harnesses, to: new.harnesses)
    seedRows = Self.seedRows(from: old, to: new)
    // Sentences are compared, since places and suggestions move with everything else.
    let known = Set(before.validate(grade: grade).map { ExactText($0.message) })
    warnings = after.validate(grade: grade)
      .filter { $0.severity == .warning && !known.contains(ExactText($0.message)) }
  }

  private static func harnesses(
    from old: [DesiredHarness], to new: [DesiredHarness]
  ) -> [Harness] {
    let previous = Dictionary(
      old.map { ($0.template.name, $0) }, uniquingKeysWith: { first, _ in first })
    let present = Set(new.map(\.template.name))
    let removed = old.filter { !present.contains($0.template.name) }
      .map { Harness(name: $0.template.name, operation: .remove, notes: []) }
    return removed
      + new.compactMap { harness in
        guard let before = previous[harness.template.name] else {
          return Harness(name: harness.template.name, operation: .add, notes: harness.notes)
        }
        let notes = harness.notes.filter { !before.notes.contains($0) }
        guard before.template != harness.template || before.notes != harness.notes else {
          return nil
        }
        return Harness(name: harness.template.name, operation: .change, notes: notes)
      }
  }

  private static func seedRows(
    from old: SeedDesiredState, to new: SeedDesiredState
  ) -> [SeedRow] {
    // An empty snapshot cannot conflict with anybody's identity.
    let empty = SeedSnapshot()
    guard let before = try? SeedComparison(desired: old, snapshot: empty).rows(),
      let after = try? SeedComparison(desired: new, snapshot: empty).rows()
    else { return [] }
    return zip(before, after).compactMap { before, after in
      before.reason == after.reason
        ? nil : SeedRow(address: after.address, before: before.action, after: after.reason)
    }
  }

  /// The impact as an object.
  package var document: JSONValue {
    [
      "capabilities": .array(
        capabilities.map { ["id": .string($0.id), "missing": .strings($0.missing)] }),
      "harnesses": .array(
        harnesses.map { harness in
          [
            "name": .string(harness.name), "op": .string(harness.operation.rawValue),
            "notes": .array(harness.notes.map(\.document)),
          ]
        }),
      "seed_rows": .array(
        seedRows.map { row in
          [
            "address": .string(row.address.description), "before": .string(row.before.rawValue),
            "after": .string(row.after.action.rawValue), "reason": row.after.document,
          ]
        }),
      "diagnostics": .array(warnings.map { .object($0.document) }),
    ]
  }
}
