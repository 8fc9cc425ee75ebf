import CommandLineTree

/// The noun `harnesses`.
enum HarnessesCommands {
  static var noun: Command<ControlAction> {
    Command(
      "harnesses", aliases: ["harness"],
      summary: "Harness templates, provisioned as built-in harnesses in every organization",
      subcommands: [
        HarnessesList.command, HarnessesShow.command, HarnessesTree.command, HarnessesAdd.command,
        HarnessesSet.command, HarnessesRename.command, HarnessesRemove.command,
        HarnessesStatus.command,
        HarnessesReconcile.command, HarnessesResolve.command,
      ])
  }
}
