import CommandLineTree

/// The noun `store`.
enum StoreCommands {
  static var noun: Command<ControlAction> {
    Command(
      "store", summary: "The store itself",
      subcommands: [
        StoreInit.command, StoreInfoCommand.command, StoreCheckCommand.command, StoreBackup.command,
        StoreRestoreCommand.command,
        StoreRecords.command,
        StoreHistory.command,
      ])
  }
}
