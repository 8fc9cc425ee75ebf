import EverrunsSeeding
import GRDB

/// Remembers which organization-owned harnesses stay as they are.
struct AcceptanceWriter {
  private let db: Database
  private let cases: DecidedCases

  init(_ plan: HarnessPlan) {
    db = plan.context.db
    cases = plan.cases
  }

  /// Writes the decided acceptances.
  ///
  /// - Returns: How many organization-owned harnesses were newly accepted.
  func write() throws -> Int {
    func harnesses(_ acceptance: HarnessDecision.Acceptance) -> SQL {
      SQL(
        sql: """
          SELECT observed.org_id, template.name
          FROM temp.observed_harnesses observed \(ObservationTable.harnesses.decided())
          CROSS JOIN temp.desired_harnesses template ON template.ordinal = observed.subject
          WHERE decided.acceptance = \(acceptance.rawValue)
          """)
    }
    if !cases.ordinals(where: { $0.acceptance == .forget }).isEmpty {
      try db.delete(
        from: .seedAcceptedHarnesses, where: "(org_id, name) IN (\(harnesses(.forget)))")
    }
    guard !cases.ordinals(where: { $0.acceptance == .remember }).isEmpty else { return 0 }
    let missing: SQL = """
      \(harnesses(.remember)) EXCEPT SELECT org_id, name FROM seed_accepted_harnesses
      """
    return try db.execute(
      "INSERT INTO seed_accepted_harnesses (org_id, name) \(missing)", on: .seedAcceptedHarnesses,
      untilNone: missing)
  }
}
