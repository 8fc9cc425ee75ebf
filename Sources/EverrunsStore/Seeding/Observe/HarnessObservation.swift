import EverrunsSeeding
import GRDB

/// Observes the harness templates in organizations.
struct HarnessObservation {
  private let context: PlanContext
  private var db: Database { context.db }
  /// Whether previous names may lead to harnesses.
  private let isByPreviousNames: Bool

  init(_ context: PlanContext) {
    self.context = context
    isByPreviousNames = context.hasPreviousNames
  }

  /// Notes every template that is not up to date, or that a setting should name but does not.
  func observe(_ numbers: ClosedRange<Int>) throws {
    if isByPreviousNames {
      try db.cachedStatement(sql: Self.findRenamed).execute(arguments: numbers.arguments)
    }
    try db.cachedStatement(sql: statement).execute(arguments: numbers.arguments)
    try tellEditsApart(numbers)
  }

  private var facts: String {
    HarnessFacts.packed(
      defaultOrganization: context.defaultOrganization, isByPreviousNames: isByPreviousNames)
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
        ELSE \(HarnessFacts.edits) END * \(ObservedHarness.Fact.edited.weight),
      coalesce(harness.seed_digest, ''), observed.harness_row, observed.harness_id,
      observed.parent_id, observed.settings
    FROM (
      SELECT organization.number AS organization, template.ordinal AS subject,
        organization.org_id, organization.public_id,
        \(facts) AS facts,
        harness._rowid_ AS harness_row,
        harness.id AS harness_id, parent.id AS parent_id, \(unnamedBySettings) AS settings,
        template.exact_facts
      FROM temp.compared_organizations organization
      LEFT JOIN organization_settings settings ON settings.org_id = organization.org_id
      CROSS JOIN temp.desired_harnesses template
      \(join("harness", name: "name", ordinal: "ordinal", renamed: "renamed"))
      \(join("parent", name: "parent", ordinal: "parent_ordinal", renamed: "renamed_parent"))
      WHERE organization.number BETWEEN :first AND :last
        AND CASE
          WHEN \(HarnessFacts.isExact(isByPreviousNames: isByPreviousNames))
            AND (\(unnamedBySettings)) = 0
          THEN 0 ELSE 1 END
      LIMIT -1) observed
    LEFT JOIN harnesses harness
      ON harness._rowid_ = observed.harness_row AND \(HarnessFacts.differs("observed.facts"))
    LEFT JOIN temp.applied_harnesses applied ON applied.digest = harness.seed_digest
    LEFT JOIN temp.desired_harnesses template
      ON template.ordinal = observed.subject AND harness._rowid_ IS NOT NULL
    WHERE observed.facts <> observed.exact_facts OR observed.settings <> 0
    """
  }

  /// Joins the harness of a template: by its name, or by the previous name that leads to it.
  private func join(_ alias: String, name: String, ordinal: String, renamed: String) -> String {
    guard isByPreviousNames else {
      return """
        LEFT JOIN harnesses \(alias)
          ON \(alias).org_id = organization.org_id AND \(alias).name = template.\(name)
        """
    }
    return """
      LEFT JOIN temp.renamed_harnesses \(renamed)
        ON \(renamed).organization = organization.number AND \(renamed).subject = template.\(ordinal)
      LEFT JOIN harnesses \(alias) ON \(alias).org_id = organization.org_id
        AND \(alias).name = coalesce(\(renamed).name, template.\(name))
      """
  }

  /// Notes which built-in harnesses have a previous name of a template whose name no row has.
  ///
  /// Beside `min(rank)`, the bare column `name` comes from the row that has the least:
  /// sqlite.org/lang_select.html, "Bare columns in an aggregate query".
  private static let findRenamed = """
    INSERT INTO temp.renamed_harnesses (organization, subject, name, rank)
    SELECT organization.number, previous.ordinal, previous.name, min(previous.rank)
    FROM temp.compared_organizations organization
    CROSS JOIN temp.previous_names previous
    CROSS JOIN harnesses harness
      ON harness.org_id = organization.org_id AND harness.name = previous.name
    CROSS JOIN temp.desired_harnesses template ON template.ordinal = previous.ordinal
    WHERE organization.number BETWEEN :first AND :last AND \(HarnessFacts.isBuiltIn("harness"))
      AND NOT EXISTS (SELECT 1 FROM harnesses held
        WHERE held.org_id = organization.org_id AND held.name = template.name)
    GROUP BY organization.number, previous.ordinal
    """

  /// Notes which of the templates that are to be created look like an orphan of the organization.
  ///
  /// The orphans of these organizations are observed before.
  func findLookalikes(_ numbers: ClosedRange<Int>) throws {
    let hasOrphans = try db.cachedStatement(
      sql: "SELECT 1 FROM temp.observed_orphans WHERE organization BETWEEN :first AND :last LIMIT 1"
    )
    guard try Row.fetchOne(hasOrphans, arguments: numbers.arguments) != nil else { return }
    let row = ObservedHarness.Fact.row.extracted(from: "observed.facts")
    try db.cachedStatement(
      sql: """
        UPDATE temp.observed_harnesses
        SET facts = facts + \(ObservedHarness.Fact.hasLookalike.weight), value = lookalike.name
        FROM (
          SELECT observed.organization, observed.subject, min(orphan.subject) AS name
          FROM temp.observed_orphans orphan
          CROSS JOIN temp.observed_harnesses observed
            ON observed.organization = orphan.organization
          CROSS JOIN temp.desired_harnesses template ON template.ordinal = observed.subject
          CROSS JOIN harnesses harness ON harness.id = orphan.harness_id
          WHERE orphan.organization BETWEEN :first AND :last
            AND \(row) = \(ObservedHarness.Row.missing.rawValue)
            AND (harness.id = template.seed_id OR \(HarnessFacts.hasContentOfTemplate))
          GROUP BY observed.organization, observed.subject) lookalike
        WHERE observed_harnesses.organization = lookalike.organization
          AND observed_harnesses.subject = lookalike.subject
        """
    ).execute(arguments: numbers.arguments)
  }

  /// The bits of the settings that should name a template's harness but do not, or that name an
  /// organization-owned one.
  private var unnamedBySettings: String {
    let bits = context.settings.map { setting in
      """
      CASE WHEN NOT template.settings & \(setting.bit) THEN 0
        WHEN harness.id IS NULL OR settings.\(setting.column) IS NOT harness.id THEN \(setting.bit)
        WHEN \(HarnessFacts.isBuiltIn("harness")) THEN 0
        WHEN \(HarnessFacts.isRequested(.adopt, "harness")) THEN 0 ELSE \(setting.bit) END
      """
    }
    return bits.isEmpty ? "0" : bits.map { "(\($0))" }.joined(separator: " | ")
  }

  /// Gives locally edited rows a value for their contents; other rows are distinguished by what was
  /// last applied.
  private func tellEditsApart(_ numbers: ClosedRange<Int>) throws {
    let edited = ObservedHarness.Fact.edited.extracted(from: "observed.facts")
    try db.cachedStatement(
      sql: """
        UPDATE temp.observed_harnesses AS observed SET value = (
          SELECT seed_variant(\(HarnessFacts.differingValues("observed.facts")))
          FROM harnesses harness WHERE harness._rowid_ = observed.harness_row)
        WHERE observed.organization BETWEEN :first AND :last AND \(edited) <> 0
        """
    ).execute(arguments: numbers.arguments)
  }
}
