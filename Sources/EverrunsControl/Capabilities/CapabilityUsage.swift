import Everruns
import EverrunsDocuments
import EverrunsSeeding

/// The users of each capability, direct or through dependencies: harness templates and agents of
/// the seed catalog.
struct CapabilityUsage {
  /// The addresses of the users, by capability id.
  private var users: [String: [String]] = [:]

  init(_ definition: PlatformDefinition, catalog: SeedCatalog) {
    for harness in definition.builtInHarnesses {
      add("harness/\(harness.name)", harness.capabilities, definition.capabilities)
    }
    for agent in catalog.agents {
      add("agent/\(agent.name)", agent.capabilities, definition.capabilities)
    }
  }

  private mutating func add(
    _ user: String, _ uses: [CapabilityUse], _ registry: CapabilityRegistry
  ) {
    var met: Set<String> = []
    var waiting = uses.map(\.ref)
    while let id = waiting.popLast() {
      guard met.insert(id).inserted else { continue }
      users[id, default: []].append(user)
      waiting += registry[id]?.dependencies ?? []
    }
  }

  /// The addresses of the users of a capability: harnesses in definition order, then agents.
  subscript(id: String) -> [String] { users[id] ?? [] }
}
