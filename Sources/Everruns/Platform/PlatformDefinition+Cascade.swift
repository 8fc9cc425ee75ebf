extension PlatformDefinition {
  /// Removes all direct and indirect dependents of removed capabilities, and every reference to
  /// them in harness templates.
  ///
  /// - Parameter ids: The ids of the removed capabilities.
  package mutating func removeDependents(ofCapabilities ids: Set<String>) {
    var dependents: [String: [String]] = [:]
    for capability in capabilities {
      for dependency in capability.dependencies {
        dependents[dependency, default: []].append(capability.id)
      }
    }
    let removed = ids.closure { dependents[$0] ?? [] }
    capabilities.removeAll { removed.contains($0.id) }
    for index in builtInHarnesses.indices {
      builtInHarnesses[index].capabilities.removeAll { removed.contains($0.ref) }
    }
  }
}

extension Set {
  /// The elements with everything reachable from them.
  func closure(following next: (Element) -> [Element]) -> Set {
    var all = self
    var waiting = Array(self)
    while let element = waiting.popLast() {
      for found in next(element) where all.insert(found).inserted {
        waiting.append(found)
      }
    }
    return all
  }
}
