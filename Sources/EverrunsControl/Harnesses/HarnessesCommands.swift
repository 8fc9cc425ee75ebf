import CommandLineTree

/// The noun `harnesses`.
enum HarnessesCommands {
  static var noun: Command<ControlAction> {
    Command(
      "harnesses", aliases: ["harness"],
      summary: "Harness templates: what every organization gets built in",
      subcommands: [
        HarnessesList.command, HarnessesShow.command, HarnessesTree.command, HarnessesAdd.command,
        HarnessesSet.command, HarnessesRename.command, HarnessesRemove.command,
        HarnessesStatus.command,
        HarnessesReconcile.command, HarnessesResolve.command,
      ])
  }
}
