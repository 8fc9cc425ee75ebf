import CommandLineTree
import Everruns

/// The noun `capabilities`.
enum CapabilitiesCommands {
  static var noun: Command<ControlAction> {
    Command(
      CapabilityFamily.command, aliases: CapabilityFamily.aliases,
      summary: CapabilityFamily.summary,
      subcommands: [
        CapabilitiesList.command, show, CapabilitiesResolve.command,
        ComponentCommands<CapabilityFamily>.register,
        ComponentCommands<CapabilityFamily>.unregister,
      ])
  }

  /// `capabilities show`: with what uses the capability.
  private static var show: Command<ControlAction> {
    ComponentCommands<CapabilityFamily>.show { capability, definition, _ in
      let id = capability.id
      return [
        "required_by": .strings(
          definition.capabilities.filter { $0.dependencies.contains(id) }.map(\.id)),
        "used_by_harnesses": .strings(
          definition.builtInHarnesses.filter { $0.capabilities.contains { $0.ref == id } }
            .map(\.name)),
        "used_by_seed_agents": .strings(
          SeedCatalog.stock.agents.filter { $0.capabilities.contains { $0.ref == id } }
            .map(\.name)),
      ]
    }
  }
}
