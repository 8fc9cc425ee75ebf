import EverrunsSeeding
import GRDB

/// Looks at what was written when everything else is written too, if triggers of other programs may
/// have altered it.
struct WrittenCheck {
  /// The plan that is carried out.
  private let plan: SeedSummary
  private let organizations: Int

  /// Notes what is there before a plan is carried out; `nil` if other programs have no triggers on
  /// the tables that seeding writes, those of its bookkeeping included.
  init?(before plan: SeedSummary, _ db: Database) throws {
    guard let organizations = try Self.organizationCount(db) else { return nil }
    self.plan = plan
    self.organizations = organizations
  }

  /// Throws if the rows of the plan are not as it says, or an organization is gone; `forEachRow`
  /// calls a body with each row of the plan that would come next.
  func check(
    _ db: Database, _ forEachRow: ((SeedPlanRow) throws -> Void) throws -> Void
  ) throws {
    var next = SeedSummary()
    try forEachRow { row in
      try Self.check(row)
      next.count(row)
      // A row that was created and is gone is kept away, and one that was edited is kept.
      guard row.action == .unchanged || next[row.reason.code] <= plan[row.reason.code] else {
        throw Self.refusal(of: row)
      }
    }
    try Self.checkOrganizations(atLeast: organizations, db)
  }

  /// The number of organizations, which triggers of other programs must not make smaller; `nil` if
  /// there are none on these tables.
  static func organizationCount(_ db: Database) throws -> Int? {
    let tables = Table.controlPlane + Table.bookkeeping
    guard try !ChangeTriggers.ofOthers(on: tables, db).isEmpty else { return nil }
    return try Int.fetchOne(db, sql: "SELECT count(*) FROM organizations") ?? 0
  }

  /// Throws if there are fewer organizations than there must be.
  static func checkOrganizations(atLeast count: Int, _ db: Database) throws {
    guard try organizationCount(db) ?? 0 >= count else {
      throw WriteRefusal(
        table: Table.organizations.name, cause: WriteRefusal.deletedOrganization)
    }
  }

  /// Runs a body that throws if a row of a change is not as it was written, where the history, which
  /// is written last, or other bookkeeping has triggers of other programs.
  static func afterRecording(_ row: String, _ db: Database, _ body: () throws -> Void) throws {
    guard try !ChangeTriggers.ofOthers(on: Table.bookkeeping, db).isEmpty else { return }
    try WriteRefusal.naming(row, cause: WriteRefusal.changedAgain, body)
  }

  /// Throws if a row of the plan still needs a change after it was carried out.
  static func check(_ row: SeedPlanRow) throws {
    guard !row.action.writes else { throw refusal(of: row) }
  }

  private static func refusal(of row: SeedPlanRow) -> WriteRefusal {
    WriteRefusal(
      table: row.address.kind.table, row: row.address.description,
      cause: WriteRefusal.changedAgain)
  }
}
