package import EverrunsDocuments

extension PlatformDefinition {
  /// Merges the changes from a common base to another definition into this one, by component and
  /// field.
  ///
  /// A harness template that one side renamed, with its previous name recorded, is the same
  /// template on all sides. If both sides renamed it differently, its name is a conflict, and its
  /// previous names go with the name.
  ///
  /// - Parameters:
  ///   - other: The definition whose changes are merged in.
  ///   - base: The common base.
  ///   - side: The side that wins conflicts.
  /// - Returns: The merged document, which may be an invalid definition, and every conflict.
  package func merging(
    _ other: PlatformDefinition, base: PlatformDefinition, preferring side: JSONMerge.Side? = nil
  ) -> JSONMerge {
    let contested = ContestedName.all(base: base, ours: self, theirs: other)
    let isOurs = side != .theirs
    let ours = isOurs ? self : taking(contested.map { ($0.ours, $0.theirs) }, from: other)
    let theirs = isOurs ? other.taking(contested.map { ($0.theirs, $0.ours) }, from: self) : other
    let renamedBase = base.followingRenames(from: base, to: ours)
      .followingRenames(from: base, to: theirs)
    var merge = JSONMerge(
      base: renamedBase.document, ours: ours.followingRenames(from: base, to: theirs).document,
      theirs: theirs.followingRenames(from: base, to: ours).document,
      identifiedBy: Self.identifyingKeys, preferring: side)
    let renames = base.renames(to: ours) + base.renames(to: theirs)
    merge.conflicts = merge.conflicts.map { $0.namingBase(before: renames) }
    let order = ours.builtInHarnesses.map(\.name)
    for name in contested {
      let position = order.firstIndex { $0 == name.ours || $0 == name.theirs } ?? order.count
      let index = merge.conflicts.firstIndex { conflict in
        conflict.path.first == Self.harnessesKey
          && conflict.path.dropFirst().first.flatMap { order.firstIndex(of: $0) } ?? order.count
            >= position
      }
      merge.conflicts.insert(name.conflict, at: index ?? merge.conflicts.count)
    }
    return merge
  }

  /// The definition with some of its templates named as in another one, with their previous names.
  private func taking(
    _ names: [(own: String, others: String)], from other: PlatformDefinition
  ) -> PlatformDefinition {
    let templates = Dictionary(firstByKey: other.builtInHarnesses.map { ($0.name, $0) })
    return renaming(Dictionary(firstByKey: names.map { ($0.own, $0.others) })) { harness, name in
      var copy = harness
      copy.name = name
      copy.previousNames = templates[name]?.previousNames ?? harness.previousNames
      return copy
    }
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

/// The name of a template that both sides of a merge renamed differently.
private struct ContestedName {
  let base: String
  let ours: String
  let theirs: String

  /// The conflict about the name.
  var conflict: JSONMerge.Conflict {
    JSONMerge.Conflict(
      path: [PlatformDefinition.harnessesKey, base, "name"], base: .string(base),
      ours: .string(ours),
      theirs: .string(theirs))
  }

  /// The names that are contested, in the order of our side.
  static func all(
    base: PlatformDefinition, ours: PlatformDefinition, theirs: PlatformDefinition
  ) -> [ContestedName] {
    let others = Dictionary(firstByKey: base.renames(to: theirs).map { ($0.old, $0.new) })
    let (ourNames, theirNames) = (
      Set(ours.builtInHarnesses.map(\.name)), Set(theirs.builtInHarnesses.map(\.name))
    )
    return base.renames(to: ours).compactMap { rename in
      guard let other = others[rename.old], other != rename.new,
        // Another template with the name is not to be mixed up with this one.
        !ourNames.contains(other), !theirNames.contains(rename.new)
      else { return nil }
      return ContestedName(base: rename.old, ours: rename.new, theirs: other)
    }
  }
}

extension JSONMerge.Conflict {
  /// The conflict with the name that a template, which one side removed and the other one renamed,
  /// has in the base.
  fileprivate func namingBase(before renames: [(old: String, new: String)]) -> JSONMerge.Conflict {
    guard path.count == 2, path[0] == PlatformDefinition.harnessesKey, var object = base?.object,
      let rename = renames.first(where: { $0.new == path[1] })
    else { return self }
    object["name"] = .string(rename.old)
    return JSONMerge.Conflict(path: path, base: .object(object), ours: ours, theirs: theirs)
  }
}
