import CommandLineTree

/// The noun `store`.
enum StoreCommands {
  static var noun: Command<ControlAction> {
    Command(
      "store", summary: "Create, inspect, check and back up the store",
      subcommands: [
        StoreInit.command, StoreInfoCommand.command, StoreCheckCommand.command, StoreBackup.command,
        StoreRestoreCommand.command,
        StoreRecords.command,
        StoreHistory.command,
      ])
  }
}
