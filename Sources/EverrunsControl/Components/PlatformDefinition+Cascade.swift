import Everruns

extension PlatformDefinition {
  /// Removes the capabilities that need one that is gone, and theirs, and the references to all of
  /// them in harness templates.
  mutating func removeDependents(ofCapabilities ids: Set<String>) {
    var dependents: [String: [String]] = [:]
    for capability in capabilities {
      for dependency in capability.dependencies {
        dependents[dependency, default: []].append(capability.id)
      }
    }
    var gone = ids
    var waiting = Array(ids)
    while let id = waiting.popLast() {
      for dependent in dependents[id] ?? [] where gone.insert(dependent).inserted {
        waiting.append(dependent)
      }
    }
    capabilities.removeAll { gone.contains($0.id) }
    for index in builtInHarnesses.indices {
      builtInHarnesses[index].capabilities.removeAll { gone.contains($0.ref) }
    }
  }
}
