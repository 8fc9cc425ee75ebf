import EverrunsSeeding
import GRDB

/// Observes built-in harnesses that belong to no template.
struct OrphanObservation {
  private let context: PlanContext
  private var db: Database { context.db }

  init(_ context: PlanContext) {
    self.context = context
  }

  /// Notes the orphans of a batch of organizations.
  func observe(_ numbers: ClosedRange<Int>) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO temp.observed_orphans (organization, subject, org_id, public_id, facts, value,
          harness_id)
        SELECT organization.number, seed_text(\(ComparisonFunctions.exact("harness.name"))),
          organization.org_id, organization.public_id,
          (harness.seed_digest IS NOT NULL) * \(ObservedOrphan.Fact.isSeeded.weight), '', harness.id
        FROM temp.compared_organizations organization
        CROSS JOIN harnesses harness ON harness.org_id = organization.org_id
        WHERE organization.number BETWEEN :first AND :last
          AND harness.name NOT IN (SELECT name FROM temp.desired_harnesses)
          AND \(HarnessFacts.isBuiltIn("harness"))
          AND NOT EXISTS (SELECT 1 FROM temp.renamed_harnesses renamed
            WHERE renamed.organization = organization.number AND renamed.name = harness.name)
        """
    ).execute(arguments: numbers.arguments)
  }

  /// Notes which orphans would be renamed if another row did not have the new name.
  ///
  /// That row must have been decided already.
  func observeAwaitedNames(_ numbers: ClosedRange<Int>) throws {
    guard context.hasPreviousNames else { return }
    try db.cachedStatement(
      sql: """
        UPDATE temp.observed_orphans SET facts = facts + \(ObservedOrphan.Fact.awaitsName.weight)
        WHERE organization BETWEEN :first AND :last AND EXISTS (
          SELECT 1 FROM temp.previous_names previous
          CROSS JOIN temp.observed_harnesses observed
            ON observed.organization = observed_orphans.organization
              AND observed.subject = previous.ordinal
          \(ObservationTable.harnesses.decided())
          WHERE previous.name = observed_orphans.subject AND decided.keeps_previous_row)
        """
    ).execute(arguments: numbers.arguments)
  }

  /// Notes the orphans that are in use: named by a setting that is not written or by a row of
  /// another program's table, or the parent of a row that stays and keeps its parent.
  ///
  /// The decision about an orphan may in turn keep its parent in use, and so on up.
  func observeUse() throws {
    try db.execute(
      sql: """
        CREATE INDEX temp.observed_by_harness ON observed_harnesses (harness_id)
          WHERE harness_id IS NOT NULL;
        CREATE INDEX temp.orphans_by_harness ON observed_orphans (harness_id);
        """)
    for (index, setting) in context.desired.harnessSettings.enumerated() {
      try noteUse(by: setting, index: index)
    }
    for key in try ForeignKey.all(db) where key.isOfOthers { try noteUse(by: key) }
    repeat {
      try noteUse(
        users: """
          SELECT child.parent_harness_id AS id, seed_text(\(ComparisonFunctions.exact("child.name"))) AS name FROM harnesses child
          LEFT JOIN temp.observed_orphans orphan ON orphan.harness_id = child.id
          LEFT JOIN temp.decided_cases fate
            ON fate.id = \(ObservationTable.orphans.caseID(subject: "", facts: "orphan.facts"))
          WHERE child.parent_harness_id IN (SELECT used.harness_id FROM temp.observed_orphans used)
            AND CASE WHEN orphan.harness_id IS NOT NULL THEN NOT fate.write
              ELSE NOT EXISTS (
                SELECT 1 FROM temp.observed_harnesses observed
                \(ObservationTable.harnesses.decided())
                WHERE observed.harness_id = child.id
                  AND decided.write >= \(HarnessDecision.Write.create.rawValue)) END
          """)
    } while db.changesCount > 0
  }

  private func noteUse(by setting: DesiredHarnessSetting, index: Int) throws {
    try noteUse(
      users: """
        SELECT settings.\(setting.setting.column) AS id, '\(setting.setting.rawValue)' AS name
        FROM organization_settings settings
        WHERE settings.\(setting.setting.column) IN (SELECT used.harness_id FROM temp.observed_orphans used)
          AND NOT EXISTS (
            SELECT 1 FROM temp.observed_settings observed
            \(ObservationTable.settings.decided())
            WHERE observed.subject = \(index) AND observed.org_id = settings.org_id
              AND decided.write)
        """)
  }

  /// Notes the orphans that a row of another program's table refers to, or to what is deleted with
  /// them.
  private func noteUse(by key: ForeignKey) throws {
    let parts = Schema.references(to: .harnesses).filter { $0.reference.action == .delete }
    let owners =
      [(table: Table.harnesses, column: "id")]
      + parts.map { (table: $0.table, column: $0.reference.column.name) }
    for owner in owners where owner.table.name == key.target.name {
      try noteUse(
        users: """
          SELECT target.\(owner.column) AS id, :user AS name
          FROM \(key.table.quotedIdentifier) referring
          JOIN \(key.target.name) target ON \(key.refers)
          WHERE target.\(owner.column) IN (SELECT used.harness_id FROM temp.observed_orphans used)
          """, ["user": "a row of table '\(key.table)'"])
    }
  }

  private func noteUse(
    users: String, _ arguments: StatementArguments = StatementArguments()
  ) throws {
    let isUsed = ObservedOrphan.Fact.isUsed
    try db.execute(
      sql: """
        UPDATE temp.observed_orphans AS observed
        SET facts = observed.facts + \(isUsed.weight), value = user.name
        FROM (\(users)) user
        WHERE user.id = observed.harness_id AND NOT \(isUsed.extracted(from: "observed.facts"))
        """, arguments: arguments)
  }
}
