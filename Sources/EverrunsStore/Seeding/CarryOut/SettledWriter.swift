import Everruns
import EverrunsSeeding
import GRDB

/// Updates a template in all organizations that were not compared, because their state is known:
/// with the same few statements that an administrator would write, and without a plan of rows.
struct SettledWriter {
  private let context: PlanContext
  private let ordinal: Int
  private let held: SettledTemplate
  private var harness: DesiredHarness { context.desired.harnesses[ordinal] }
  private var db: Database { context.db }

  /// How many row ids of the harness table one statement covers.
  private static let chunkSize = 10_000

  init(_ context: PlanContext, ordinal: Int, _ held: SettledTemplate) {
    self.context = context
    self.ordinal = ordinal
    self.held = held
  }

  func write(_ progress: ProgressReport) throws {
    let total = context.organizations.settledCount
    let digest = held.digest
    var done = 0
    var next = try Int.fetchOne(db, sql: "SELECT min(_rowid_) FROM harnesses")
    while let first = next {
      try progress(SeedProgress(activity: .writing, done: min(done, total), total: total))
      let (sum, isPastEnd) = first.addingReportingOverflow(Self.chunkSize - 1)
      let last = isPastEnd ? Int.max : sum
      let chunk: StatementArguments = [
        "first": first, "last": last, "name": harness.template.name, "held": digest,
      ]
      if held.fields.contains(.capabilities) { try writeCapabilities(chunk) }
      if held.fields.contains(.parent) { try writeParents(chunk) }
      // Do this last: it changes the digest that selects the rows.
      done += try writeFields(chunk)
      // Other programs may have left gaps of any size between row ids.
      next = try Int.fetchOne(
        db, sql: "SELECT min(_rowid_) FROM harnesses WHERE _rowid_ > ?", arguments: [last])
    }
    guard done == total else { throw WriteRefusal(table: Table.harnesses.name) }
  }

  /// The rows of organizations that were not compared.
  ///
  /// The unary plus keeps SQLite from scanning all organizations for each chunk of rows
  /// (sqlite.org/optoverview.html, "Disqualifying WHERE Clause Terms Using Unary-+").
  private static let isMeant = """
    _rowid_ BETWEEN :first AND :last AND +name = :name AND is_built_in AND seed_digest = :held
      AND +org_id NOT IN (SELECT org_id FROM temp.compared_organizations)
      AND +org_id IN (SELECT org_id FROM organizations)
    """

  /// - Returns: How many rows were written.
  private func writeFields(_ chunk: StatementArguments) throws -> Int {
    try db.cachedStatement(
      sql: """
        UPDATE harnesses SET \(HarnessField.assignments(digest: "digest")) WHERE \(Self.isMeant)
        """
    ).execute(arguments: chunk + ["ordinal": ordinal])
    return db.changesCount
  }

  private func writeParents(_ chunk: StatementArguments) throws {
    try db.cachedStatement(
      sql: """
        UPDATE harnesses SET parent_harness_id = (
          SELECT p.id FROM harnesses p WHERE p.org_id = harnesses.org_id AND p.name = :parent)
        WHERE \(Self.isMeant)
        """
    ).execute(arguments: chunk + ["parent": harness.parent])
  }

  private func writeCapabilities(_ chunk: StatementArguments) throws {
    try db.cachedStatement(
      sql: """
        DELETE FROM harness_capabilities
        WHERE harness_id IN (SELECT id FROM harnesses WHERE \(Self.isMeant))
        """
    ).execute(arguments: chunk)
    try db.cachedStatement(
      sql: """
        INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
        SELECT h.id, c.capability_id, c.position, c.config
        FROM (SELECT id FROM harnesses WHERE \(Self.isMeant)) h
        CROSS JOIN temp.desired_capabilities c ON c.ordinal = :ordinal
        """
    ).execute(arguments: chunk + ["ordinal": ordinal])
  }
}
