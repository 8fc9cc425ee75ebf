import CommandLineTree

/// The noun `seed`.
enum SeedCommands {
  static var noun: Command<ControlAction> {
    Command(
      "seed", summary: "Seeding: provision a store from a platform definition",
      subcommands: [
        SeedPreview.command, SeedApply.command, SeedWhy.command, SeedCatalogCommand.command,
      ])
  }
}
