import Everruns
import GRDB

/// The temporary tables of a comparison: what should be, and the plan that comes of it.
struct HarnessPlanTables {
  private let db: Database
  private let desired: SeedDesiredState
  private let options: SeedOptions

  init(_ db: Database, _ desired: SeedDesiredState, _ options: SeedOptions) {
    self.db = db
    self.desired = desired
    self.options = options
  }

  func fill() throws {
    try createTables()
    try fillDesired()
    try fillDecisions()
    try db.execute(
      sql: Self.plan, arguments: Self.arguments(desired, options))
    try db.execute(
      sql: Self.orphans, arguments: Self.arguments(desired, options))
    if options.prune != nil {
      try decideOrphans()
    }
  }

  /// Every organization that is looked at, the default one also before it exists.
  static let organizations = """
    WITH all_organizations (org_id, public_id) AS (
      SELECT org_id, public_id FROM organizations
      WHERE :only IS NULL OR public_id IN (SELECT value FROM json_each(:only))
      UNION ALL SELECT :default_id, :default_public_id
      WHERE :with_default AND NOT EXISTS (SELECT 1 FROM organizations WHERE org_id = :default_id)
        AND (:only IS NULL OR :default_public_id IN (SELECT value FROM json_each(:only))))
    """

  /// What that takes.
  static func arguments(
    _ desired: SeedDesiredState, _ options: SeedOptions
  ) -> StatementArguments {
    [
      "default_id": desired.organization.orgID,
      "default_public_id": desired.organization.publicID,
      "with_default": options.scope == .all,
      "only": options.organizations.map { JSONValue.strings($0).canonicalJSON },
    ]
  }

  // MARK: What should be

  private func createTables() throws {
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS temp.desired_harnesses;
        DROP TABLE IF EXISTS temp.desired_capabilities;
        DROP TABLE IF EXISTS temp.harness_decisions;
        DROP TABLE IF EXISTS temp.seed_plan;
        DROP TABLE IF EXISTS temp.orphan_plan;
        DROP TABLE IF EXISTS temp.setting_plan;
        CREATE TEMP TABLE desired_harnesses (
          ordinal INTEGER PRIMARY KEY, name TEXT, display_name TEXT, description TEXT,
          system_prompt TEXT, parent TEXT, parent_ordinal INTEGER, tags TEXT,
          capability_count INTEGER, digest TEXT, digest_without_parent TEXT, seed_id TEXT);
        CREATE TEMP TABLE desired_capabilities (
          ordinal INTEGER, position INTEGER, capability_id TEXT, config TEXT,
          PRIMARY KEY (ordinal, position)) WITHOUT ROWID;
        CREATE TEMP TABLE harness_decisions (
          name TEXT, public_id TEXT, is_adoption INTEGER);
        CREATE TEMP TABLE seed_plan (
          ordinal INTEGER, org_id INTEGER, public_id TEXT, harness_id TEXT,
          parent_is_owned INTEGER, finding INTEGER, capabilities_differ INTEGER,
          digest_differs INTEGER,
          PRIMARY KEY (ordinal, org_id)) WITHOUT ROWID;
        CREATE TEMP TABLE orphan_plan (
          harness_id TEXT PRIMARY KEY, name TEXT, org_id INTEGER, public_id TEXT,
          is_seeded INTEGER, finding INTEGER, used_by TEXT) WITHOUT ROWID;
        CREATE TEMP TABLE setting_plan (
          column_name TEXT, org_id INTEGER, PRIMARY KEY (column_name, org_id)) WITHOUT ROWID;
        """)
  }

  private func fillDesired() throws {
    for (ordinal, harness) in desired.harnesses.enumerated() {
      let template = harness.template
      try db.execute(
        sql: "INSERT INTO temp.desired_harnesses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          ordinal, template.name, template.displayName, template.description,
          template.systemPrompt, harness.parent,
          desired.harnesses.firstIndex { $0.template.name == harness.parent },
          JSONValue.strings(template.tags).canonicalJSON, harness.capabilities.count,
          Fingerprint(of: .object(harness.content)).description,
          Fingerprint(of: .object(harness.contentWithoutParent)).description, template.seedID,
        ])
      for (position, capability) in harness.capabilities.enumerated() {
        try db.execute(
          sql: "INSERT INTO temp.desired_capabilities VALUES (?, ?, ?, ?)",
          arguments: [
            ordinal, position, capability.ref,
            JSONValue.object(capability.config.sortingKeys).canonicalJSON,
          ])
      }
    }
  }

  /// What was decided about organizations' own harnesses that have the name of a template.
  private func fillDecisions() throws {
    for (addresses, isAdoption) in [(options.adopted, true), (options.acceptedOwn, false)] {
      for address in addresses.compactMap(SeedAddress.init) where address.kind == .harness {
        let publicID: String? =
          switch address.scope {
          case .folded: nil
          case .organization(let id): id
          case .defaultOrganization: desired.organization.publicID
          }
        try db.execute(
          sql: "INSERT INTO temp.harness_decisions VALUES (?, ?, ?)",
          arguments: [address.names.first, publicID, isAdoption])
      }
    }
  }

  // MARK: The plan

  private static func isDecided(_ alias: String, adoption: Bool) -> String {
    """
    EXISTS (SELECT 1 FROM temp.harness_decisions t
            WHERE t.name = \(alias).name AND t.is_adoption = \(adoption ? 1 : 0)
              AND (t.public_id IS NULL OR t.public_id = o.public_id))
    """
  }

  private static let parentIsOwned = """
    (p.id IS NOT NULL AND NOT p.is_built_in AND NOT \(isDecided("p", adoption: true)))
    """

  private static let plan =
    organizations + """

      INSERT INTO temp.seed_plan
      SELECT d.ordinal, o.org_id, o.public_id, h.id, \(parentIsOwned),
        CASE
          WHEN h.id IS NULL THEN \(HarnessComparison.Finding.missing.rawValue)
          WHEN NOT h.is_built_in THEN CASE
            WHEN \(isDecided("h", adoption: true))
            THEN \(HarnessComparison.Finding.adopted.rawValue)
            WHEN \(isDecided("h", adoption: false)) OR EXISTS (
              SELECT 1 FROM seed_accepted_harnesses a
              WHERE a.org_id = o.org_id AND a.name = h.name)
            THEN \(HarnessComparison.Finding.accepted.rawValue)
            ELSE \(HarnessComparison.Finding.owned.rawValue)
          END
          WHEN h.status = 'archived' THEN \(HarnessComparison.Finding.archived.rawValue)
          WHEN h.display_name IS d.display_name
            AND h.description IS d.description
            AND h.system_prompt IS d.system_prompt
            AND h.status IS 'active'
            AND h.is_built_in IS 1
            AND h.tags IS d.tags
            AND CASE
              WHEN d.parent IS NULL OR \(parentIsOwned) THEN h.parent_harness_id IS NULL
              ELSE p.id IS NOT NULL AND h.parent_harness_id IS p.id
            END
            AND d.capability_count =
              (SELECT count(*) FROM harness_capabilities c WHERE c.harness_id = h.id)
            AND NOT EXISTS (
              SELECT 1 FROM temp.desired_capabilities w
              LEFT JOIN harness_capabilities c
                ON c.harness_id = h.id AND c.capability_id = w.capability_id
              WHERE w.ordinal = d.ordinal
                AND (c.position IS NOT w.position OR c.config IS NOT w.config))
          THEN \(HarnessComparison.Finding.equal.rawValue)
          ELSE \(HarnessComparison.Finding.different.rawValue)
        END, 0, h.seed_digest IS NOT
          CASE WHEN \(parentIsOwned) THEN d.digest_without_parent ELSE d.digest END
      FROM temp.desired_harnesses d
      CROSS JOIN all_organizations o
      LEFT JOIN harnesses h ON h.org_id = o.org_id AND h.name = d.name
      LEFT JOIN harnesses p ON p.org_id = o.org_id AND p.name = d.parent
      """

  private static let orphans =
    organizations + """

      INSERT INTO temp.orphan_plan
      SELECT h.id, h.name, o.org_id, o.public_id, h.seed_digest IS NOT NULL,
        \(HarnessComparison.OrphanFinding.kept.rawValue), NULL
      FROM harnesses h JOIN all_organizations o ON o.org_id = h.org_id
      WHERE h.is_built_in AND h.name NOT IN (SELECT name FROM temp.desired_harnesses)
      """

  /// Marks the orphans that go.
  ///
  /// What is released stays usable, so only what is deleted must not be in use: named by a setting
  /// that stays as it is, or the parent of a row that remains and is not led elsewhere.
  private func decideOrphans() throws {
    let pruned = HarnessComparison.OrphanFinding.pruned.rawValue
    let inUse = HarnessComparison.OrphanFinding.inUse.rawValue
    try db.execute(
      sql: "UPDATE temp.orphan_plan SET finding = \(pruned) WHERE is_seeded")
    guard options.prune == .delete else { return }
    for setting in desired.harnessSettings {
      try keepOrphans(namedBy: setting)
    }
    // A kept orphan keeps its parent, and so on up.
    repeat {
      try db.execute(
        sql: """
          UPDATE temp.orphan_plan SET finding = \(inUse), used_by = u.name
          FROM (SELECT c.parent_harness_id AS id, c.name FROM harnesses c
                LEFT JOIN temp.orphan_plan k ON k.harness_id = c.id
                WHERE c.parent_harness_id IS NOT NULL
                  AND CASE WHEN k.harness_id IS NOT NULL THEN k.finding <> \(pruned)
                    ELSE NOT EXISTS (
                      SELECT 1 FROM temp.seed_plan q
                      JOIN temp.desired_harnesses d ON d.ordinal = q.ordinal
                      WHERE d.name = c.name AND q.org_id = c.org_id AND q.finding IN (
                        \(HarnessComparison.Finding.different.rawValue),
                        \(HarnessComparison.Finding.adopted.rawValue))) END) u
          WHERE u.id = harness_id AND finding = \(pruned)
          """)
    } while db.changesCount > 0
  }

  /// Keeps the orphans that a setting names, but for those whose setting this very run leads to the
  /// harness of its role.
  private func keepOrphans(namedBy setting: DesiredHarnessSetting) throws {
    let ordinal = desired.harnesses.firstIndex { $0.template.name == setting.harness }
    try db.execute(
      sql: """
        UPDATE temp.orphan_plan SET finding = \(HarnessComparison.OrphanFinding.inUse.rawValue),
          used_by = :setting
        FROM organization_settings s
        WHERE s.\(setting.setting.column) = harness_id
          AND finding = \(HarnessComparison.OrphanFinding.pruned.rawValue)
          AND NOT ((:overwrites OR s.org_id <> orphan_plan.org_id) AND EXISTS (
            SELECT 1 FROM temp.seed_plan r
            WHERE r.ordinal = :ordinal AND r.org_id = s.org_id AND r.finding NOT IN (
              \(HarnessComparison.Finding.owned.rawValue),
              \(HarnessComparison.Finding.accepted.rawValue),
              \(HarnessComparison.Finding.archived.rawValue))))
        """,
      arguments: [
        "setting": setting.setting.rawValue, "overwrites": options.overwrites, "ordinal": ordinal,
      ])
  }
}
