import CommandLineTree
import Everruns
import EverrunsStore

/// The noun `seed`.
enum SeedCommands {
  static var noun: Command<ControlAction> {
    Command(
      "seed", summary: "Seeding: what a platform puts into a store",
      subcommands: [SeedPreview.command, SeedCatalogCommand.command])
  }
}

extension Session {
  /// The plan for the store as it is: the one way in which preview and status learn it.
  func plan(for platform: LoadedPlatform) throws -> SeedPlan {
    let grade = try grade()
    let catalog = SeedCatalog.stock
    let desired = SeedPlanner(
      definition: platform.definition, catalog: catalog, grade: grade
    ).desiredState
    let store = try storeForReading() ?? SQLiteStore.inMemory()
    let (state, rows) = try store.compare(desired)
    return SeedPlan(
      header: SeedPlan.Header(
        platform: SeedPlan.Source(
          ref: platform.reference, fingerprint: platform.definition.fingerprint),
        platformRevision: platform.revision,
        catalog: SeedPlan.Source(ref: "stock", fingerprint: catalog.fingerprint),
        store: state, grade: grade),
      rows: rows)
  }
}
