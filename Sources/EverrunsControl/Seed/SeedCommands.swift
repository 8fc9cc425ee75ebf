import CommandLineTree

/// The noun `seed`.
enum SeedCommands {
  static var noun: Command<ControlAction> {
    Command(
      "seed", summary: "Seeding: what a platform puts into a store",
      subcommands: [
        SeedPreview.command, SeedApply.command, SeedWhy.command, SeedCatalogCommand.command,
      ])
  }
}
