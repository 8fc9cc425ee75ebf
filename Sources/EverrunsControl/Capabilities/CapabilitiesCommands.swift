import CommandLineTree
import Everruns

/// The noun `capabilities`.
enum CapabilitiesCommands {
  static var noun: Command<ControlAction> {
    Command(
      CapabilityDescriptor.command, aliases: CapabilityDescriptor.aliases,
      summary: CapabilityDescriptor.summary,
      subcommands: [
        CapabilitiesList.command, CapabilitiesShow.command, CapabilitiesResolve.command,
        ComponentRegister<CapabilityDescriptor>.command,
        ComponentUnregister<CapabilityDescriptor>.command,
      ])
  }
}
