import CommandLineTree

/// The commands that capabilities, drivers and connection providers have in common.
enum ComponentCommands<Descriptor: ComponentNoun> {
  /// The noun with its common commands.
  static var noun: Command<ControlAction> {
    Command(
      Descriptor.command, aliases: Descriptor.aliases, summary: Descriptor.summary,
      subcommands: [
        ComponentList<Descriptor>.command, ComponentShow<Descriptor>.command,
        ComponentRegister<Descriptor>.command, ComponentUnregister<Descriptor>.command,
      ])
  }
}
