import Everruns
import EverrunsSeeding
import GRDB

/// Brings a template up to date in all organizations that were not looked at, since it is known
/// what they hold: by the same few statements as an administrator would write, and no plan of rows.
struct SettledWriter {
  private let context: PlanContext
  private let ordinal: Int
  private let held: SettledTemplate
  private var harness: DesiredHarness { context.desired.harnesses[ordinal] }
  private var db: Database { context.db }

  /// How many rows of harnesses, by their numbers in the file, one statement goes through.
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
      // What a row holds is told by its digest, which this changes.
      done += try writeFields(chunk)
      // Other programs may have left any number of numbers unused.
      next = try Int.fetchOne(
        db, sql: "SELECT min(_rowid_) FROM harnesses WHERE _rowid_ > ?", arguments: [last])
    }
    guard done == total else { throw WriteRefusal(table: Table.harnesses.name) }
  }

  /// The rows of organizations that were not looked at.
  ///
  /// The signs keep SQLite from going through all organizations for each chunk of rows
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
