import CommandLineTree

/// The noun `orgs`.
enum OrganizationsCommands {
  static var noun: Command<ControlAction> {
    Command(
      "orgs", aliases: ["org"], summary: "Organizations of the store",
      subcommands: [
        OrganizationsList.command, OrganizationsShow.command, OrganizationsStatus.command,
        OrganizationsCreate.command, OrganizationsSet.command,
        OrganizationsDelete.command,
      ])
  }
}
