public import EverrunsDocuments

/// One difference between two platform definitions.
public struct DefinitionChange: Sendable, Equatable {
  /// The kind of difference.
  public enum Operation: String, CaseIterable, Sendable {
    /// Only in the second definition.
    case add
    /// Only in the first definition.
    case remove
    /// The value of a field changed.
    case change
    /// The order changed.
    case reorder
  }

  /// The kind of difference.
  public let operation: Operation
  /// The path: section, identifier of the component, and field, as in
  /// `capabilities/daytona/risk_level`.
  public let path: String
  /// The value in the first definition, `null` for none; the identifiers in order for a reordering.
  public let before: JSONValue
  /// The value in the second definition.
  public let after: JSONValue

  /// The difference as an object.
  package var document: JSONValue {
    [
      "op": .string(operation.rawValue), "path": .string(path), "before": before, "after": after,
    ]
  }
}

extension PlatformDefinition {
  /// The differences between this definition and another, by component and field.
  ///
  /// The order of keys is insignificant; the order of components and templates is not.
  public func changes(to other: PlatformDefinition) -> [DefinitionChange] {
    changes(in: \.capabilities, to: other) + changes(in: \.drivers, to: other)
      + changes(in: \.connectionProviders, to: other)
      + SectionDifference(
        section: Self.harnessesKey, omittedValues: BuiltInHarness.coding.omittedValues,
        before: builtInHarnesses.map { ($0.name, $0.document) },
        after: other.builtInHarnesses.map { ($0.name, $0.document) }
      ).changes
  }

  private func changes<Descriptor: DocumentedComponent>(
    in registry: KeyPath<PlatformDefinition, Registry<Descriptor>>, to other: PlatformDefinition
  ) -> [DefinitionChange] {
    let entries = { (definition: PlatformDefinition) in
      definition[keyPath: registry].descriptors.map {
        (identifier: $0.identifier, object: Descriptor.coding.encode($0))
      }
    }
    return SectionDifference(
      section: Descriptor.documentKey, omittedValues: Descriptor.coding.omittedValues,
      before: entries(self), after: entries(other)
    ).changes
  }
}

/// The differences between two lists of objects with identifiers.
private struct SectionDifference {
  let section: String
  /// The values of omitted keys.
  let omittedValues: JSONObject
  let before: [(identifier: String, object: JSONObject)]
  let after: [(identifier: String, object: JSONObject)]

  var changes: [DefinitionChange] {
    let old = Dictionary(firstByKey: before.map { ($0.identifier, $0.object) })
    let new = Dictionary(firstByKey: after.map { ($0.identifier, $0.object) })
    let removed = before.filter { new[$0.identifier] == nil }.map { entry in
      DefinitionChange(
        operation: .remove, path: path(entry.identifier), before: .object(entry.object),
        after: .null)
    }
    let present = after.flatMap { entry -> [DefinitionChange] in
      guard let previous = old[entry.identifier] else {
        return [
          DefinitionChange(
            operation: .add, path: path(entry.identifier), before: .null,
            after: .object(entry.object))
        ]
      }
      return fieldChanges(of: entry.identifier, from: previous, to: entry.object)
    }
    return removed + present + reordering(old, new)
  }

  private func fieldChanges(
    of identifier: String, from old: JSONObject, to new: JSONObject
  ) -> [DefinitionChange] {
    let keys = new.members.map(\.key) + old.members.map(\.key).filter { new[$0] == nil }
    return keys.compactMap { key in
      let previous = old[key] ?? omittedValues[key] ?? .null
      let next = new[key] ?? omittedValues[key] ?? .null
      guard previous != next else { return nil }
      return DefinitionChange(
        operation: .change, path: path(identifier) + "/" + key, before: previous, after: next)
    }
  }

  private func reordering(
    _ old: [String: JSONObject], _ new: [String: JSONObject]
  ) -> [DefinitionChange] {
    let kept = before.map(\.identifier).filter { new[$0] != nil }
    let order = after.map(\.identifier).filter { old[$0] != nil }
    guard kept != order else { return [] }
    return [
      DefinitionChange(
        operation: .reorder, path: section, before: .strings(kept), after: .strings(order))
    ]
  }

  private func path(_ identifier: String) -> String { "\(section)/\(identifier)" }
}

extension PlatformDefinition {
  /// The RFC 6902 patch that turns this definition's document into that of another.
  public func patch(to other: PlatformDefinition) -> JSONPatch {
    JSONPatch(
      from: document, to: other.document, identifiedBy: Self.identifyingKeys)
  }

  /// The keys that identify the objects in a document's lists.
  package static let identifyingKeys = [
    CapabilityDescriptor.identifierKey, DriverDescriptor.identifierKey, CapabilityUse.identifierKey,
    "name",
  ]
}
