import Everruns

extension PlatformDefinition {
  /// These harness templates and all that inherit from them.
  func withDescendants(_ names: Set<String>) -> Set<String> {
    let children = Dictionary(grouping: builtInHarnesses, by: \.parent)
    var all = names
    var waiting = Array(names)
    while let name = waiting.popLast() {
      for child in children[name] ?? [] where all.insert(child.name).inserted {
        waiting.append(child.name)
      }
    }
    return all
  }

  /// Gives the harness templates that inherit from any of these another parent.
  ///
  /// - Parameters:
  ///   - names: The names of their parents.
  ///   - parent: The new parent, or `nil` for none.
  mutating func reparentChildren(of names: Set<String>, to parent: String?) {
    for index in builtInHarnesses.indices {
      guard let old = builtInHarnesses[index].parent, names.contains(old) else { continue }
      builtInHarnesses[index].parent = parent
    }
  }
}
