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
    let claims = ContestedClaim.all(base: base, ours: self, theirs: other)
    let first = side == .theirs ? releasing(claims.map(\.ours)) : self
    let second = side == .theirs ? other : other.releasing(claims.map(\.theirs))
    let contested = ContestedName.all(base: base, ours: first, theirs: second)
    let settled = contested.map { $0.settled(preferring: side ?? .ours) }
    let ours = first.taking(zip(contested.map(\.ours.name), settled))
    let theirs = second.taking(zip(contested.map(\.theirs.name), settled))
    let renamedBase = base.followingRenames(from: base, to: ours)
      .followingRenames(from: base, to: theirs)
    let (left, right) = renamedBase.unitingPreviousNames(
      of: ours.followingRenames(from: base, to: theirs),
      theirs.followingRenames(from: base, to: ours))
    var merge = JSONMerge(
      base: renamedBase.document, ours: left.document, theirs: right.document,
      identifiedBy: Self.identifyingKeys, preferring: side)
    let renames = base.renames(to: ours) + base.renames(to: theirs)
    merge.conflicts = merge.conflicts.map { $0.namingBase(before: renames) }
    let order = ours.builtInHarnesses.map(\.name)
    let names =
      zip(contested, settled).map { ($1.name, $0.conflict) }
      + claims.map { ($0.ours.harness.name, $0.conflict) }
    for (name, conflict) in names { merge.insert(conflict, about: name, in: order) }
    return merge
  }

  /// The definition without templates whose names another side claims: those that were renamed have
  /// their names in the base again.
  private func releasing(_ claimants: [ContestedClaim.Claimant]) -> PlatformDefinition {
    let added = Set(claimants.filter { $0.base == nil }.map(\.harness.name))
    var copy = self
    copy.builtInHarnesses.removeAll { added.contains($0.name) }
    let names = Dictionary(firstByKey: claimants.map { ($0.harness.name, $0.base) })
    return copy.renaming(names.compactMapValues(\.self)) { harness, name in
      harness.name = name
      harness.previousNames.removeAll { $0 == name }
    }
  }

  /// Two definitions with the same previous names, since names that lead to rows are never a conflict.
  ///
  /// They have all that either has, without those that one removed since this base.
  private func unitingPreviousNames(
    of ours: PlatformDefinition, _ theirs: PlatformDefinition
  ) -> (PlatformDefinition, PlatformDefinition) {
    var (ours, theirs) = (ours, theirs)
    for index in ours.builtInHarnesses.indices {
      let name = ours.builtInHarnesses[index].name
      guard let other = theirs.builtInHarnesses.firstIndex(where: { $0.name == name }) else {
        continue
      }
      let base = harness(named: name)?.previousNames ?? []
      let (left, right) = (
        ours.builtInHarnesses[index].previousNames, theirs.builtInHarnesses[other].previousNames
      )
      let united =
        left.filter { right.contains($0) || !base.contains($0) }
        + right.filter { !left.contains($0) && !base.contains($0) }
      ours.builtInHarnesses[index].previousNames = united
      theirs.builtInHarnesses[other].previousNames = united
    }
    return (ours, theirs)
  }

  /// The definition in which some templates, by name, have the name and the previous names of others.
  private func taking(
    _ settled: some Sequence<(String, BuiltInHarness)>
  ) -> PlatformDefinition {
    let templates = Dictionary(firstByKey: settled.map { ($0, $1) })
    return renaming(templates.mapValues(\.name)) { harness, name in
      harness.previousNames = templates[harness.name]?.previousNames ?? harness.previousNames
      harness.name = name
    }
  }

  /// The definition with the names of templates that were renamed between two others.
  func followingRenames(
    from base: PlatformDefinition, to other: PlatformDefinition
  ) -> PlatformDefinition {
    var names = Dictionary(firstByKey: base.renames(to: other).map { ($0.old, $0.new) })
    let taken = Set(builtInHarnesses.map(\.name))
    names = names.filter { !taken.contains($0.value) }
    return renaming(names) { $0.name = $1 }
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
    renaming(Dictionary(firstByKey: renames.map { ($0.old, $0.new) })) { $0 = $0.renamed(to: $1) }
  }

  /// The definition after some of its templates were renamed, and with them the parents of others.
  private func renaming(
    _ names: [String: String], _ rename: (inout BuiltInHarness, String) -> Void
  ) -> PlatformDefinition {
    guard !names.isEmpty else { return self }
    var copy = self
    for index in copy.builtInHarnesses.indices {
      var harness = copy.builtInHarnesses[index]
      harness.parent = harness.parent.map { names[$0] ?? $0 }
      if let name = names[harness.name] { rename(&harness, name) }
      copy.builtInHarnesses[index] = harness
    }
    return copy
  }
}

/// A name that different templates have on both sides of a merge, because one of them was renamed.
private struct ContestedClaim {
  /// The template with the name on one side.
  struct Claimant {
    let harness: BuiltInHarness
    /// Its name in the base; `nil` if it was added.
    let base: String?
  }

  let ours: Claimant
  let theirs: Claimant

  /// The conflict about the name.
  var conflict: JSONMerge.Conflict {
    JSONMerge.Conflict(
      path: [PlatformDefinition.harnessesKey, ours.harness.name], base: nil,
      ours: .object(ours.harness.document), theirs: .object(theirs.harness.document),
      claims: JSONMerge.Conflict.Claims(ours: ours.base, theirs: theirs.base))
  }

  /// The names that are contested, in the order of our side.
  static func all(
    base: PlatformDefinition, ours: PlatformDefinition, theirs: PlatformDefinition
  ) -> [ContestedClaim] {
    let known = Set(base.builtInHarnesses.map(\.name))
    func origins(_ definition: PlatformDefinition) -> [String: String] {
      Dictionary(firstByKey: base.renames(to: definition).map { ($0.new, $0.old) })
    }
    let (our, their) = (origins(ours), origins(theirs))
    let others = theirs.harnessesByName
    return ours.builtInHarnesses.compactMap { harness in
      let (left, right) = (our[harness.name], their[harness.name])
      guard !known.contains(harness.name), left != right, let other = others[harness.name] else {
        return nil
      }
      return ContestedClaim(
        ours: Claimant(harness: harness, base: left), theirs: Claimant(harness: other, base: right))
    }
  }
}

/// The name of a template that both sides of a merge renamed differently.
private struct ContestedName {
  let base: String
  let ours: BuiltInHarness
  let theirs: BuiltInHarness

  /// The conflict about the name.
  var conflict: JSONMerge.Conflict {
    JSONMerge.Conflict(
      path: [PlatformDefinition.harnessesKey, base, "name"], base: .string(base),
      ours: .string(ours.name), theirs: .string(theirs.name))
  }

  /// The template with the name of a side, and the previous names that lead to it.
  ///
  /// The rows of our name are not to be left behind if their name wins.
  func settled(preferring side: JSONMerge.Side) -> BuiltInHarness {
    switch side {
    case .ours: return ours
    case .theirs:
      var template = theirs.recordingPreviousName(ours.name)
      template.previousNames += ours.previousNames.filter {
        $0 != theirs.name && !template.previousNames.contains($0)
      }
      return template
    }
  }

  /// The names that are contested, in the order of our side.
  static func all(
    base: PlatformDefinition, ours: PlatformDefinition, theirs: PlatformDefinition
  ) -> [ContestedName] {
    let others = Dictionary(firstByKey: base.renames(to: theirs).map { ($0.old, $0.new) })
    let (ourTemplates, theirTemplates) = (ours.harnessesByName, theirs.harnessesByName)
    return base.renames(to: ours).compactMap { rename in
      guard let other = others[rename.old], other != rename.new,
        // Another template with the name is not to be mixed up with this one.
        ourTemplates[other] == nil, theirTemplates[rename.new] == nil,
        let our = ourTemplates[rename.new], let their = theirTemplates[other]
      else { return nil }
      return ContestedName(base: rename.old, ours: our, theirs: their)
    }
  }
}

extension JSONMerge {
  /// Inserts a conflict about a template before those of later templates.
  fileprivate mutating func insert(_ conflict: Conflict, about name: String, in order: [String]) {
    func position(_ name: String?) -> Int { name.flatMap(order.firstIndex) ?? order.count }
    let index = conflicts.firstIndex { other in
      other.path.first == PlatformDefinition.harnessesKey
        && position(other.path.dropFirst().first) >= position(name)
    }
    conflicts.insert(conflict, at: index ?? conflicts.count)
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
