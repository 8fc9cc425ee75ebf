import EverrunsSeeding
import GRDB

/// Compares once more what was written with what was planned, where triggers of other programs may
/// have made something else of it.
enum WrittenCheck {
  /// Whether other programs have triggers on the tables that seeding writes to.
  static func isNeeded(_ db: Database) throws -> Bool {
    try !ChangeTriggers.ofOthers(on: Table.controlPlane, db).isEmpty
  }

  /// Throws where something is left to do about a row of a plan that was carried out.
  static func check(_ row: SeedPlanRow) throws {
    guard row.action.writes else { return }
    throw WriteRefusal(
      table: row.address.kind.table, row: row.address.description,
      cause: "something changed it again")
  }
}
