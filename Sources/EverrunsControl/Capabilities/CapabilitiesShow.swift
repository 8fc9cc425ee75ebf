import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding

/// `capabilities show`.
enum CapabilitiesShow {
  /// The command, which also lists the users of the capability.
  static var command: Command<ControlAction> {
    ComponentShow<CapabilityDescriptor>.command { capability, definition, session in
      let id = capability.id
      return [
        "required_by": .strings(
          definition.capabilities.filter { $0.dependencies.contains(id) }.map(\.id)),
        "used_by_harnesses": .strings(
          definition.builtInHarnesses.filter { $0.capabilities.contains { $0.ref == id } }
            .map(\.name)),
        "used_by_seed_agents": .strings(
          session.program.catalog.agents.filter { $0.capabilities.contains { $0.ref == id } }
            .map(\.name)),
      ]
    }
  }
}
