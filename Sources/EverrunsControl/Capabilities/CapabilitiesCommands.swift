import CommandLineTree
import Everruns

/// The noun `capabilities`.
enum CapabilitiesCommands {
  static var noun: Command<ControlAction> {
    Command(
      CapabilityFamily.command, aliases: CapabilityFamily.aliases,
      summary: CapabilityFamily.summary,
      subcommands: [
        CapabilitiesList.command, CapabilitiesShow.command, CapabilitiesResolve.command,
        ComponentRegister<CapabilityFamily>.command,
        ComponentUnregister<CapabilityFamily>.command,
      ])
  }
}
