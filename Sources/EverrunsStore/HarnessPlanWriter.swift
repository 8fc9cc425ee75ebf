import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// Carries out a plan of harnesses and settings within a transaction, set by set, a thousand
/// organizations at a time.
struct HarnessPlanWriter {
  private let plan: HarnessPlan
  /// What the ids of the run's new rows begin with.
  private let idPrefix: String
  private var db: Database { plan.db }
  private var desired: SeedDesiredState { plan.desired }

  /// A writer of a plan.
  ///
  /// Ids of one run ascend in the order of the plan: new rows are then appended to the index and
  /// not scattered over it. A run's id is a UUID of version 7; its last twelve digits count.
  init(_ plan: HarnessPlan, newID: () -> String) {
    self.plan = plan
    idPrefix = String(newID().dropLast(12))
  }

  /// Writes what the plan says.
  ///
  /// - Returns: How many harnesses of organizations' own are newly remembered to stay.
  func write(progress: ProgressReport) throws -> Int {
    try rememberTemplates()
    if try isEmpty() { return try rememberDecisions() }
    if try isBulk() {
      try writeInBulk { try writeRows(progress) }
    } else {
      try writeRows(progress)
    }
    return try rememberDecisions()
  }

  private func writeRows(_ progress: ProgressReport) throws {
    try useSeedIDs()
    // The templates of which there are rows that get something else.
    let changing = try Int.fetchAll(
      db, sql: "SELECT DISTINCT ordinal FROM temp.seed_plan WHERE fields OR digest_differs")
    try plan.organizations.forEachChunk(.writing, progress) { numbers in
      let rows = plan.rows(numbers, desired.harnesses.count)
      try create(rows)
      for ordinal in changing { try update(rows + ["ordinal": ordinal]) }
      if !changing.isEmpty {
        try updateParents(rows)
        try updateCapabilities(rows)
      }
      try writeSettings(numbers)
    }
    for (ordinal, held) in changedEverywhere {
      try SettledWriter(plan, ordinal: ordinal, held).write(progress)
    }
    try pruneHarnesses()
  }

  /// The templates, by their numbers, that change in all organizations that were not looked at.
  private var changedEverywhere: [(ordinal: Int, held: SettledTemplate)] {
    plan.organizations.settledCount == 0
      ? []
      : plan.organizations.settled.enumerated().filter { !$0.element.fields.isEmpty }
        .map { ($0.offset, $0.element) }
  }

  /// Whether nothing is written.
  private func isEmpty() throws -> Bool {
    guard changedEverywhere.isEmpty else { return false }
    return try Row.fetchOne(
      db,
      sql: """
        SELECT 1 FROM temp.seed_plan WHERE \(HarnessPlan.isProvisioned) OR digest_differs
        UNION ALL SELECT 1 FROM temp.setting_plan WHERE is_written
        UNION ALL SELECT 1 FROM temp.orphan_plan
        WHERE finding = \(HarnessPlan.OrphanFinding.pruned.rawValue) LIMIT 1
        """) == nil
  }

  // MARK: Many rows at once

  /// Whether so much is written that dropping and making the triggers costs less than their firing.
  private func isBulk() throws -> Bool {
    let least = 1000
    guard changedEverywhere.isEmpty || plan.organizations.settledCount <= least else { return true }
    return try Row.fetchOne(
      db,
      sql: "SELECT 1 FROM temp.seed_plan WHERE \(HarnessPlan.isProvisioned) LIMIT 1 OFFSET \(least)"
    ) != nil
  }

  /// Writes many rows without a trigger for each: they are counted at the end instead.
  ///
  /// The triggers go and come back within the transaction, so that nobody ever sees a store without
  /// them. That changes the version of the schema, and so nothing is settled any more unless the
  /// run says so at its end.
  private func writeInBulk(_ body: () throws -> Void) throws {
    try ChangeTriggers.drop(db)
    let before = db.totalChangesCount
    try body()
    let written = db.totalChangesCount - before
    try ChangeTriggers.restore(db)
    try db.execute(
      sql: "UPDATE store_state SET serial = serial + ?", arguments: [written])
  }

  // MARK: New harnesses

  /// The default organization's new rows get the ids that the definition has for them, where those
  /// are free.
  private func useSeedIDs() throws {
    let missing = HarnessPlan.Finding.missing.rawValue
    try db.execute(
      sql: """
        UPDATE temp.seed_plan SET harness_id = d.seed_id FROM temp.desired_harnesses d
        WHERE d.ordinal = seed_plan.ordinal AND org_id = :home AND finding = \(missing)
          AND NOT EXISTS (SELECT 1 FROM harnesses h WHERE h.id = d.seed_id);
        UPDATE temp.seed_plan SET parent_id = q.harness_id
        FROM temp.desired_harnesses d, temp.seed_plan q
        WHERE d.ordinal = seed_plan.ordinal AND q.ordinal = d.parent_ordinal
          AND q.org_id = seed_plan.org_id AND q.org_id = :home AND q.finding = \(missing);
        UPDATE temp.setting_plan SET harness_id = q.harness_id FROM temp.seed_plan q
        WHERE q.number = harness_number AND setting_plan.org_id = :home;
        """, arguments: ["home": desired.organization.orgID])
  }

  /// The id of a row of the plan: the one it has, or one that its number makes.
  private func id(number: String = "number") -> String {
    "coalesce(harness_id, \(newID(number)))"
  }

  private func newID(_ number: String) -> String { "printf('\(idPrefix)%012x', \(number))" }

  /// The id of the parent that a row of the plan gets: the built-in one's of the organization,
  /// which may be new as well.
  private var parentID: String {
    """
    CASE WHEN d.parent_ordinal IS NOT NULL AND NOT p.parent_is_owned
      THEN coalesce(p.parent_id, \(newID("p.number - p.ordinal + d.parent_ordinal"))) END
    """
  }

  /// What identifies the content that a row of the plan gets.
  private static let digest =
    "CASE WHEN p.parent_is_owned THEN d.digest_without_parent ELSE d.digest END"

  private func rememberTemplates() throws {
    for content in desired.harnesses.flatMap({ [$0.content, $0.contentWithoutParent] }) {
      try db.execute(
        sql: "INSERT OR IGNORE INTO seed_templates (digest, content) VALUES (?, ?)",
        arguments: [
          Fingerprint(of: .object(content)).description, JSONValue.object(content).canonicalJSON,
        ])
    }
  }

  private func create(_ rows: StatementArguments) throws {
    let missing =
      "p.number BETWEEN :first AND :last AND p.finding = "
      + "\(HarnessPlan.Finding.missing.rawValue)"
    try db.cachedStatement(
      sql: """
        INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt,
          parent_harness_id, tags, is_built_in, status, seed_digest)
        SELECT \(id()), p.org_id, d.name, d.display_name, d.description, d.system_prompt,
          \(parentID), d.tags, 1, 'active', \(Self.digest)
        FROM temp.seed_plan p CROSS JOIN temp.desired_harnesses d ON d.ordinal = p.ordinal
        WHERE \(missing)
        """
    ).execute(arguments: rows)
    try db.cachedStatement(
      sql: """
        INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
        SELECT p.id, c.capability_id, c.position, c.config
        FROM (SELECT \(id()) AS id, p.ordinal FROM temp.seed_plan p WHERE \(missing) LIMIT -1) p
        CROSS JOIN temp.desired_capabilities c ON c.ordinal = p.ordinal
        """
    ).execute(arguments: rows)
  }

  // MARK: Harnesses that are there

  /// The rows of the plan that get other content, where one of some fields differs.
  private func differing(in fields: [HarnessField]) -> String {
    """
    number BETWEEN :first AND :last AND fields & \(HarnessField.bits(of: fields))
      AND \(HarnessPlan.isProvisioned)
    """
  }

  private func update(_ rows: StatementArguments) throws {
    for (isOwned, digest) in [(0, "digest"), (1, "digest_without_parent")] {
      let isMeant = "ordinal = :ordinal AND parent_is_owned = \(isOwned)"
      try db.cachedStatement(
        sql: """
          UPDATE harnesses SET \(HarnessField.assignments(digest: digest))
          WHERE rowid IN (
            SELECT harness_row FROM temp.seed_plan
            WHERE \(isMeant) AND \(differing(in: HarnessField.allCases)))
          """
      ).execute(arguments: rows)
      // A row that is as it should be may not have been made by seeding.
      try db.cachedStatement(
        sql: """
          UPDATE harnesses SET seed_digest = (
            SELECT \(digest) FROM temp.desired_harnesses WHERE ordinal = :ordinal)
          WHERE rowid IN (
            SELECT harness_row FROM temp.seed_plan
            WHERE \(isMeant) AND number BETWEEN :first AND :last AND digest_differs
              AND fields = 0 AND finding = \(HarnessPlan.Finding.present.rawValue))
          """
      ).execute(arguments: rows)
    }
  }

  /// Parents are in an index, and so are written only where they differ.
  private func updateParents(_ rows: StatementArguments) throws {
    try db.cachedStatement(
      sql: """
        UPDATE harnesses SET parent_harness_id = \(parentID)
        FROM temp.seed_plan p JOIN temp.desired_harnesses d ON d.ordinal = p.ordinal
        WHERE harnesses.rowid = p.harness_row AND p.number IN (
          SELECT number FROM temp.seed_plan WHERE \(differing(in: [.parent])))
        """
    ).execute(arguments: rows)
  }

  private func updateCapabilities(_ rows: StatementArguments) throws {
    try db.cachedStatement(
      sql: """
        DELETE FROM harness_capabilities WHERE harness_id IN (
          SELECT harness_id FROM temp.seed_plan WHERE \(differing(in: [.capabilities])))
        """
    ).execute(arguments: rows)
    try db.cachedStatement(
      sql: """
        INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
        SELECT p.harness_id, c.capability_id, c.position, c.config
        FROM temp.seed_plan p CROSS JOIN temp.desired_capabilities c ON c.ordinal = p.ordinal
        WHERE p.number IN (
          SELECT number FROM temp.seed_plan WHERE \(differing(in: [.capabilities])))
        """
    ).execute(arguments: rows)
  }

  private func pruneHarnesses() throws {
    let pruned =
      "SELECT harness_id FROM temp.orphan_plan WHERE finding = "
      + "\(HarnessPlan.OrphanFinding.pruned.rawValue)"
    switch plan.options.prune {
    case nil: break
    case .release?:
      try db.execute(
        sql: """
          UPDATE harnesses SET is_built_in = 0, seed_digest = NULL WHERE id IN (\(pruned))
          """)
    case .delete?:
      try db.execute(sql: "DELETE FROM harnesses WHERE id IN (\(pruned))")
    }
  }

  // MARK: Settings and decisions

  /// Writes the settings: all of them at once where an organization has no row of settings yet.
  ///
  /// A row that is there gets those that are written, and no other: a value that names nothing must
  /// not be written again.
  private func writeSettings(_ numbers: ClosedRange<Int>) throws {
    let settings = plan.namedSettings
    guard !settings.isEmpty else { return }
    let count = desired.harnessSettings.count
    let rows = plan.rows(numbers, count)
    let isMeant = "number BETWEEN :first AND :last AND is_written"
    let columns = settings.map(\.column).joined(separator: ", ")
    // The rows of the catalog, which were written before, may have brought a row of settings.
    let merged = settings.map { "\($0.column) = coalesce(excluded.\($0.column), \($0.column))" }
    let harness = id(number: "harness_number")
    let ids = settings.map { "max(CASE WHEN setting = \($0.index) THEN \(harness) END)" }
    try db.cachedStatement(
      sql: """
        INSERT INTO organization_settings (org_id, \(columns))
        SELECT org_id, \(ids.joined(separator: ", ")) FROM temp.setting_plan
        WHERE \(isMeant) AND NOT has_row GROUP BY number / \(count)
        ON CONFLICT (org_id) DO UPDATE SET \(merged.joined(separator: ", "))
        """
    ).execute(arguments: rows)
    for setting in settings {
      try db.cachedStatement(
        sql: """
          UPDATE organization_settings SET \(setting.column) = w.id
          FROM (SELECT org_id, \(harness) AS id FROM temp.setting_plan
                WHERE setting = \(setting.index) AND \(isMeant) AND has_row) w
          WHERE w.org_id = organization_settings.org_id
          """
      ).execute(arguments: rows)
    }
  }

  private func rememberDecisions() throws -> Int {
    // A later decision takes the place of an earlier one.
    try db.execute(
      sql: """
        DELETE FROM seed_accepted_harnesses WHERE EXISTS (
          SELECT 1 FROM temp.seed_plan p JOIN temp.desired_harnesses d ON d.ordinal = p.ordinal
          WHERE p.org_id = seed_accepted_harnesses.org_id
            AND d.name = seed_accepted_harnesses.name
            AND p.finding = \(HarnessPlan.Finding.adopted.rawValue))
        """)
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO seed_accepted_harnesses (org_id, name)
        SELECT p.org_id, d.name FROM temp.seed_plan p
        JOIN temp.desired_harnesses d ON d.ordinal = p.ordinal
        WHERE p.finding = \(HarnessPlan.Finding.accepted.rawValue)
        """)
    return db.changesCount
  }
}
