import Everruns
import GRDB

/// Brings a template up to date in all organizations that were not looked at, since it is known
/// what they hold: by the same few statements as an administrator would write, and no plan of rows.
struct SettledWriter {
  private let plan: HarnessPlan
  private let harness: DesiredHarness
  private let held: SettledTemplate
  private var db: Database { plan.db }

  /// How many rows of harnesses, by their numbers in the file, one statement goes through.
  private static let chunkSize = 10_000

  init(_ plan: HarnessPlan, _ harness: DesiredHarness, _ held: SettledTemplate) {
    self.plan = plan
    self.harness = harness
    self.held = held
  }

  func write(_ progress: ProgressReport) throws {
    let last = try Int.fetchOne(db, sql: "SELECT max(rowid) FROM harnesses") ?? 0
    var first = try Int.fetchOne(db, sql: "SELECT min(rowid) FROM harnesses") ?? 0
    let total = plan.organizations.settledCount
    var done = 0
    while first <= last {
      try progress(SeedProgress(activity: .writing, done: min(done, total), total: total))
      let (end, isPastEnd) = first.addingReportingOverflow(Self.chunkSize - 1)
      let chunk: StatementArguments = [
        "first": first, "last": isPastEnd ? last : min(end, last), "name": harness.template.name,
        "held": held.digest,
      ]
      if held.fields.contains(.capabilities) { try writeCapabilities(chunk) }
      if held.fields.contains(.parent) { try writeParents(chunk) }
      // What a row holds is told by its digest, which this changes.
      done += try writeFields(chunk)
      guard !isPastEnd, end < last else { break }
      first = end + 1
    }
  }

  /// The rows of organizations that were not looked at.
  ///
  /// The signs keep SQLite from going through all organizations for each chunk of rows
  /// (sqlite.org/optoverview.html, "Disqualifying WHERE Clause Terms Using Unary-+").
  private static let isMeant = """
    rowid BETWEEN :first AND :last AND +name = :name AND is_built_in AND seed_digest = :held
      AND +org_id NOT IN (SELECT org_id FROM temp.compared_organizations)
      AND +org_id IN (SELECT org_id FROM organizations)
    """

  /// - Returns: How many rows were written.
  private func writeFields(_ chunk: StatementArguments) throws -> Int {
    let template = harness.template
    try db.cachedStatement(
      sql: """
        UPDATE harnesses SET display_name = :display_name, description = :description,
          system_prompt = :system_prompt, tags = :tags, seed_digest = :digest
        WHERE \(Self.isMeant)
        """
    ).execute(
      arguments: chunk + [
        "display_name": template.displayName, "description": template.description,
        "system_prompt": template.systemPrompt,
        "tags": JSONValue.strings(template.tags).canonicalJSON,
        "digest": harness.digest.description,
      ])
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
        CROSS JOIN temp.desired_capabilities c
        JOIN temp.desired_harnesses d ON d.ordinal = c.ordinal AND d.name = :name
        """
    ).execute(arguments: chunk)
  }
}
