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
    var names = Dictionary(firstByKey: base.renames(to: other).map { ($0.old, $0.new) })
    let taken = Set(builtInHarnesses.map(\.name))
    names = names.filter { !taken.contains($0.value) }
    return renaming(names) { harness, name in
      var copy = harness
      copy.name = name
      return copy
    }
  }

  /// The templates that have another name in a definition, which records their previous ones.
  package func renames(to other: PlatformDefinition) -> [(old: String, new: String)] {
    let old = Set(builtInHarnesses.map(\.name))
    let new = Set(other.builtInHarnesses.map(\.name))
    var renamed: Set<String> = []
    return other.builtInHarnesses.compactMap { harness in
      guard !old.contains(harness.name),
        let previous = harness.previousNames.first(where: {
          old.contains($0) && !new.contains($0) && !renamed.contains($0)
        })
      else { return nil }
      renamed.insert(previous)
      return (previous, harness.name)
    }
  }

  /// The definition after some of its templates were renamed, with their previous names.
  package func applying(_ renames: [(old: String, new: String)]) -> PlatformDefinition {
    renaming(Dictionary(firstByKey: renames.map { ($0.old, $0.new) })) { $0.renamed(to: $1) }
  }

  /// The definition after some of its templates were renamed, and with them the parents of others.
  private func renaming(
    _ names: [String: String], _ rename: (BuiltInHarness, String) -> BuiltInHarness
  ) -> PlatformDefinition {
    guard !names.isEmpty else { return self }
    var copy = self
    for index in copy.builtInHarnesses.indices {
      let harness = copy.builtInHarnesses[index]
      if let name = names[harness.name] { copy.builtInHarnesses[index] = rename(harness, name) }
      copy.builtInHarnesses[index].parent = harness.parent.map { names[$0] ?? $0 }
    }
    return copy
  }
}
