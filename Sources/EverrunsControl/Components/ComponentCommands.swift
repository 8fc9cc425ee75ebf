import CommandLineTree

/// The commands that capabilities, drivers and connection providers have in common.
enum ComponentCommands<Family: ComponentNoun> {
  /// The noun with its common commands.
  static var noun: Command<ControlAction> {
    Command(
      Family.command, aliases: Family.aliases, summary: Family.summary,
      subcommands: [
        ComponentList<Family>.command, ComponentShow<Family>.command,
        ComponentRegister<Family>.command, ComponentUnregister<Family>.command,
      ])
  }
}
