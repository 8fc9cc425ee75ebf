import EverrunsSeeding
import GRDB

/// Looks at the written rows again when everything else is written too, if triggers of other
/// programs may have altered them.
enum WrittenCheck {
  /// Whether other programs have triggers on the tables that seeding writes, those of its
  /// bookkeeping included.
  static func isNeeded(_ db: Database) throws -> Bool {
    try !ChangeTriggers.ofOthers(on: Table.controlPlane + Table.bookkeeping, db).isEmpty
  }

  /// Runs a body that throws if a row of a change is not as it was written, where the history, which
  /// is written last, or other bookkeeping has triggers of other programs.
  static func afterRecording(_ row: String, _ db: Database, _ body: () throws -> Void) throws {
    guard try !ChangeTriggers.ofOthers(on: Table.bookkeeping, db).isEmpty else { return }
    try WriteRefusal.naming(row, cause: WriteRefusal.changedAgain, body)
  }

  /// Throws if a row of the plan still needs a change after it was carried out.
  static func check(_ row: SeedPlanRow) throws {
    guard row.action.writes else { return }
    throw WriteRefusal(
      table: row.address.kind.table, row: row.address.description,
      cause: WriteRefusal.changedAgain)
  }
}
