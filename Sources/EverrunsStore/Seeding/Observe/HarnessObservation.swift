import EverrunsSeeding
import GRDB

/// Observes the harness templates in organizations.
struct HarnessObservation {
  private let context: PlanContext
  private var db: Database { context.db }

  init(_ context: PlanContext) {
    self.context = context
  }

  /// Notes every template that is not up to date, or that a setting should name but does not.
  func observe(_ numbers: ClosedRange<Int>) throws {
    try db.cachedStatement(sql: statement).execute(arguments: numbers.arguments)
    try tellEditsApart(numbers)
  }

  /// The inner query observes; the outer query adds details for rows that differ.
  ///
  /// `LIMIT -1` keeps SQLite from merging the two, which would repeat every comparison for each use
  /// of its result (sqlite.org/optoverview.html, "Subquery flattening").
  private var statement: String {
    """
    INSERT INTO temp.observed_harnesses (organization, subject, org_id, public_id, facts, value,
      harness_row, harness_id, parent_id, settings)
    SELECT observed.organization, observed.subject, observed.org_id, observed.public_id,
      observed.facts + CASE WHEN harness._rowid_ IS NULL THEN 0
        ELSE NOT (\(HarnessFacts.isAsLastApplied)) END * \(ObservedHarness.Fact.isEdited.weight),
      coalesce(harness.seed_digest, ''), observed.harness_row, observed.harness_id,
      observed.parent_id, observed.settings
    FROM (
      SELECT organization.number AS organization, template.ordinal AS subject,
        organization.org_id, organization.public_id,
        \(HarnessFacts.packed(home: context.home)) AS facts, harness._rowid_ AS harness_row,
        harness.id AS harness_id, parent.id AS parent_id, \(unnamedBySettings) AS settings,
        template.exact_facts
      FROM temp.compared_organizations organization
      LEFT JOIN organization_settings settings ON settings.org_id = organization.org_id
      CROSS JOIN temp.desired_harnesses template
      LEFT JOIN harnesses harness
        ON harness.org_id = organization.org_id AND harness.name = template.name
      LEFT JOIN harnesses parent
        ON parent.org_id = organization.org_id AND parent.name = template.parent
      WHERE organization.number BETWEEN :first AND :last
      LIMIT -1) observed
    LEFT JOIN harnesses harness
      ON harness._rowid_ = observed.harness_row AND \(HarnessFacts.differs("observed.facts"))
    LEFT JOIN temp.applied_harnesses applied ON applied.digest = harness.seed_digest
    LEFT JOIN temp.desired_harnesses template
      ON template.ordinal = observed.subject AND harness._rowid_ IS NOT NULL
    WHERE observed.facts <> observed.exact_facts OR observed.settings <> 0
    """
  }

  /// The bits of the settings that should name a template's harness but do not, or that name an
  /// organization-owned one.
  private var unnamedBySettings: String {
    let bits = context.settings.map { setting in
      """
      CASE WHEN NOT template.settings & \(setting.bit) THEN 0
        WHEN harness.id IS NULL OR settings.\(setting.column) IS NOT harness.id THEN \(setting.bit)
        WHEN harness.is_built_in THEN 0
        WHEN \(HarnessFacts.isRequested(.adopt, "harness")) THEN 0 ELSE \(setting.bit) END
      """
    }
    return bits.isEmpty ? "0" : bits.map { "(\($0))" }.joined(separator: " | ")
  }

  /// Gives locally edited rows a value for their contents; other rows are distinguished by what was
  /// last applied.
  private func tellEditsApart(_ numbers: ClosedRange<Int>) throws {
    let isEdited = ObservedHarness.Fact.isEdited.extracted(from: "observed.facts")
    try db.cachedStatement(
      sql: """
        UPDATE temp.observed_harnesses AS observed SET value = (
          SELECT seed_variant(\(HarnessFacts.differingValues("observed.facts")))
          FROM harnesses harness WHERE harness._rowid_ = observed.harness_row)
        WHERE observed.organization BETWEEN :first AND :last AND \(isEdited)
        """
    ).execute(arguments: numbers.arguments)
  }
}
