/// What to do with the children of a removed harness template.
package enum ChildrenOfRemoved: Equatable, Sendable {
  /// Refuse to remove a template with children.
  case refuse
  /// Remove them too.
  case remove
  /// Keep their parent, which then does not exist.
  case keepParent
  /// Clear their parent.
  case detach
  /// Give them another parent.
  case reparent(String)
}

/// A harness template was not removed because it has children.
package struct HarnessWithChildren: Error, Equatable {
  /// The name of the template.
  package let name: String
  /// The names of the templates that inherit from it, in order.
  package let children: [String]
}

extension PlatformDefinition {
  /// Removes harness templates.
  ///
  /// - Parameters:
  ///   - names: The names of the templates.
  ///   - children: What to do with templates that inherit from them.
  /// - Throws: ``HarnessWithChildren``, without removing anything.
  package mutating func removeHarnesses(
    _ names: Set<String>, children: ChildrenOfRemoved
  ) throws(HarnessWithChildren) {
    var removed = names
    switch children {
    case .keepParent: break
    case .detach: reparentChildren(of: names, to: nil)
    case .reparent(let parent): reparentChildren(of: names, to: parent)
    case .remove:
      let children = Dictionary(grouping: builtInHarnesses, by: \.parent)
      removed = names.closure { children[$0]?.map(\.name) ?? [] }
    case .refuse:
      let remaining = builtInHarnesses.filter { !names.contains($0.name) }
      if let parent = remaining.compactMap(\.parent).first(where: names.contains) {
        throw HarnessWithChildren(
          name: parent, children: remaining.filter { $0.parent == parent }.map(\.name))
      }
    }
    builtInHarnesses.removeAll { removed.contains($0.name) }
  }

  /// The harness templates that others can inherit from without a cycle.
  ///
  /// - Parameter names: The names of the others.
  /// - Returns: All but these and those that inherit from them.
  package func possibleParents(of names: Set<String>) -> [BuiltInHarness] {
    let children = Dictionary(grouping: builtInHarnesses, by: \.parent)
    let excluded = names.closure { children[$0]?.map(\.name) ?? [] }
    return builtInHarnesses.filter { !excluded.contains($0.name) }
  }

  /// Changes the parent of all harness templates that inherit from any of these.
  ///
  /// - Parameters:
  ///   - names: The names of their parents.
  ///   - parent: The new parent; `nil` for none.
  package mutating func reparentChildren(of names: Set<String>, to parent: String?) {
    for index in builtInHarnesses.indices {
      guard let old = builtInHarnesses[index].parent, names.contains(old) else { continue }
      builtInHarnesses[index].parent = parent
    }
  }
}
