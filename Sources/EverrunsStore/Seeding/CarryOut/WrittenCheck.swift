import EverrunsSeeding
import GRDB

/// Compares the written rows with the plan again, if triggers of other programs may have altered
/// them.
enum WrittenCheck {
  /// Whether other programs have triggers on the tables that seeding writes.
  static func isNeeded(_ db: Database) throws -> Bool {
    try !ChangeTriggers.ofOthers(on: Table.controlPlane, db).isEmpty
  }

  /// Throws if a row of the plan still needs a change after it was carried out.
  static func check(_ row: SeedPlanRow) throws {
    guard row.action.writes else { return }
    throw WriteRefusal(
      table: row.address.kind.table, row: row.address.description,
      cause: "something changed it again")
  }
}
