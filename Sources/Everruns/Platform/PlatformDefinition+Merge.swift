package import EverrunsDocuments

extension PlatformDefinition {
  /// Merges the changes from a common base to another definition into this one, by component and
  /// field.
  ///
  /// A harness template that one side renamed, with its previous name recorded, is the same
  /// template on all sides.
  ///
  /// - Parameters:
  ///   - other: The definition whose changes are merged in.
  ///   - base: The common base.
  ///   - side: The side that wins conflicts.
  /// - Returns: The merged document, which may be an invalid definition, and every conflict.
  package func merging(
    _ other: PlatformDefinition, base: PlatformDefinition, preferring side: JSONMerge.Side? = nil
  ) -> JSONMerge {
    let ours = followingRenames(from: base, to: other)
    let theirs = other.followingRenames(from: base, to: self)
    let renamedBase = base.followingRenames(from: base, to: self)
      .followingRenames(from: base, to: other)
    return JSONMerge(
      base: renamedBase.document, ours: ours.document, theirs: theirs.document,
      identifiedBy: Self.identifyingKeys, preferring: side)
  }

  /// The definition with the names of templates that were renamed between two others.
  func followingRenames(
    from base: PlatformDefinition, to other: PlatformDefinition
  ) -> PlatformDefinition {
    let old = Set(base.builtInHarnesses.map(\.name))
    let new = Set(other.builtInHarnesses.map(\.name))
    var names: [String: String] = [:]
    for harness in other.builtInHarnesses where !old.contains(harness.name) {
      guard
        let previous = harness.previousNames.first(where: {
          old.contains($0) && !new.contains($0) && names[$0] == nil
        })
      else { continue }
      names[previous] = harness.name
    }
    let taken = Set(builtInHarnesses.map(\.name))
    names = names.filter { !taken.contains($0.value) }
    guard !names.isEmpty else { return self }
    var copy = self
    for index in copy.builtInHarnesses.indices {
      let harness = copy.builtInHarnesses[index]
      copy.builtInHarnesses[index].name = names[harness.name] ?? harness.name
      copy.builtInHarnesses[index].parent = harness.parent.map { names[$0] ?? $0 }
    }
    return copy
  }
}
