import Everruns
import EverrunsSeeding
import GRDB

/// Compares the built-in harnesses of organizations, and the settings that name them, with what a
/// definition has.
///
/// The comparison is made by the database, a thousand organizations a statement. What is as it
/// should be leaves no trace; of everything else a row goes into a temporary table: the plan, which
/// is read for the preview (``HarnessPlanRows``) and carried out for the apply (``SeedWriter``).
struct HarnessPlan {
  let db: Database
  let desired: SeedDesiredState
  let options: SeedOptions
  let organizations: ComparedOrganizations
  /// The settings that take the harness of a template, each with its number and the template's.
  let namedSettings: [NamedSetting]

  /// What is known about a template in one organization.
  enum Finding: Int {
    case missing
    /// The organization has a harness of its own of that name, and nobody has decided about it.
    case owned
    /// The organization's own harness stays, as was decided.
    case accepted
    /// The organization's own harness becomes the built-in one.
    case adopted
    case archived
    /// The built-in harness is there; which of its fields differ is said beside.
    case present
  }

  /// What is known about a built-in harness that the definition no longer has.
  enum OrphanFinding: Int {
    case kept
    case inUse
    case pruned
  }

  /// Whether there is nothing to say about a row of the plan; it is there for what else it knows.
  static let isPlain =
    "(finding = \(Finding.present.rawValue) AND fields = 0 AND NOT parent_is_owned)"

  /// Whether a row of the plan gets content.
  static let isProvisioned = """
    (finding = \(Finding.missing.rawValue)
      OR fields <> 0 AND finding IN (\(Finding.present.rawValue), \(Finding.adopted.rawValue)))
    """

  /// Whether the harness of a row of the plan cannot be what a setting names.
  static let isUnusable = """
    finding IN (\(Finding.owned.rawValue), \(Finding.accepted.rawValue), \
    \(Finding.archived.rawValue))
    """

  /// Compares, and fills the plan.
  init(
    _ db: Database, _ desired: SeedDesiredState, _ options: SeedOptions,
    _ organizations: ComparedOrganizations, progress: ProgressReport
  ) throws {
    self.db = db
    self.desired = desired
    self.options = options
    self.organizations = organizations
    namedSettings = desired.harnessSettings.enumerated().compactMap { index, setting in
      let ordinal = desired.harnesses.firstIndex { $0.template.name == setting.harness }
      guard let harness = setting.harness, let ordinal else { return nil }
      return NamedSetting(index: index, setting: setting, harness: harness, ordinal: ordinal)
    }
    ComparisonFunctions.add(to: db)
    try createTables()
    try fillDesired()
    try fillKnown()
    try fillDecisions()
    let harnesses = try db.makeStatement(sql: harnessStatement)
    try organizations.forEachChunk(.comparing, progress) { numbers in
      let chunk: StatementArguments = ["first": numbers.lowerBound, "last": numbers.upperBound]
      try harnesses.execute(arguments: chunk)
      try tellVariantsApart(in: numbers)
      for setting in namedSettings { try fill(setting, numbers) }
      let known = try Int.fetchOne(db, sql: "SELECT max(rowid) FROM temp.orphan_plan") ?? 0
      try db.cachedStatement(sql: Self.orphans).execute(arguments: chunk)
      try addGroups(.harness, numbered: numbers, desired.harnesses.count)
      try addGroups(.setting, numbered: numbers, desired.harnessSettings.count)
      if options.prune == nil { try addGroups(.orphan, after: known) }
    }
    if options.prune != nil {
      try decideOrphans()
      try addGroups(.orphan, after: 0)
    }
  }

  /// A setting that takes the harness of a template.
  struct NamedSetting {
    /// Its number among the settings.
    let index: Int
    let setting: DesiredHarnessSetting
    /// The template's name.
    let harness: String
    /// The template's number in the definition.
    let ordinal: Int

    var column: String { setting.setting.column }
  }

  // MARK: Harnesses

  /// Whether the row of the parent's name is a harness of the organization's own, and stays so.
  private static let parentIsOwned = """
    CASE WHEN p.id IS NULL OR p.is_built_in THEN 0 ELSE NOT \(isDecided("p", adoption: true)) END
    """

  private static func isDecided(_ alias: String, adoption: Bool) -> String {
    """
    EXISTS (SELECT 1 FROM temp.harness_decisions t
            WHERE t.name = \(alias).name AND t.is_adoption = \(adoption ? 1 : 0)
              AND (t.public_id IS NULL OR t.public_id = o.public_id))
    """
  }

  private static let isAdopted = "NOT h.is_built_in AND \(isDecided("h", adoption: true))"

  private static let isOrBecomesBuiltIn =
    "CASE WHEN h.is_built_in THEN 1 ELSE \(isDecided("h", adoption: true)) END"

  private static let finding = """
    CASE
      WHEN h.id IS NULL THEN \(Finding.missing.rawValue)
      WHEN h.is_built_in THEN
        CASE WHEN h.status = 'archived' THEN \(Finding.archived.rawValue)
          ELSE \(Finding.present.rawValue) END
      WHEN \(isDecided("h", adoption: true)) THEN \(Finding.adopted.rawValue)
      WHEN \(isDecided("h", adoption: false)) OR EXISTS (
        SELECT 1 FROM seed_accepted_harnesses a WHERE a.org_id = o.org_id AND a.name = h.name)
      THEN \(Finding.accepted.rawValue)
      ELSE \(Finding.owned.rawValue)
    END
    """

  /// For each setting a bit that says whether it does not name this very harness.
  private var settingBits: String {
    let bits = namedSettings.map { setting in
      """
      CASE WHEN NOT d.setting_bits & \(1 << setting.index) THEN 0
        WHEN h.id IS NULL OR s.\(setting.column) IS NOT h.id THEN \(1 << setting.index)
        WHEN \(Self.isOrBecomesBuiltIn) THEN 0 ELSE \(1 << setting.index) END
      """
    }
    return bits.isEmpty ? "0" : bits.map { "(\($0))" }.joined(separator: " | ")
  }

  /// One row for each template and organization that are not simply as they should be.
  ///
  /// The inner query compares, the outer one asks what is only worth knowing about what differs.
  /// `LIMIT -1` keeps SQLite from making one of the two, in which every comparison would be made
  /// as often as its result is used (sqlite.org/optoverview.html, "Subquery flattening").
  private var harnessStatement: String {
    """
    INSERT INTO temp.seed_plan (number, ordinal, org_id, public_id, harness_row, harness_id,
      parent_id, parent_is_owned, finding, fields, settings, digest_differs, is_edited, variant)
    SELECT x.number * \(max(1, desired.harnesses.count)) + x.ordinal, x.ordinal, x.org_id,
      x.public_id, x.harness_row, x.harness_id, x.parent_id, x.parent_is_owned, x.finding,
      x.fields, x.settings, x.digest_differs,
      CASE WHEN x.fields THEN NOT (\(HarnessField.areAsKnown)) ELSE 0 END, h.seed_digest
    FROM (
      SELECT o.number, d.ordinal, o.org_id, o.public_id, h.rowid AS harness_row,
        h.id AS harness_id, p.id AS parent_id, \(Self.parentIsOwned) AS parent_is_owned,
        \(Self.finding) AS finding,
        CASE WHEN h.is_built_in AND h.status IS NOT 'archived' OR \(Self.isAdopted)
          THEN \(HarnessField.differences(Self.parentIsOwned)) ELSE 0 END AS fields,
        \(settingBits) AS settings,
        CASE WHEN h.is_built_in THEN h.seed_digest IS NOT
          CASE WHEN \(Self.parentIsOwned) THEN d.digest_without_parent ELSE d.digest END
          ELSE 0 END AS digest_differs
      FROM temp.compared_organizations o
      LEFT JOIN organization_settings s ON s.org_id = o.org_id
      CROSS JOIN temp.desired_harnesses d
      LEFT JOIN harnesses h ON h.org_id = o.org_id AND h.name = d.name
      LEFT JOIN harnesses p ON p.org_id = o.org_id AND p.name = d.parent
      WHERE o.number BETWEEN :first AND :last
      LIMIT -1) x
    LEFT JOIN harnesses h ON h.rowid = x.harness_row AND x.fields
    LEFT JOIN temp.known_harnesses k ON k.digest = h.seed_digest
    LEFT JOIN temp.desired_harnesses d ON d.ordinal = x.ordinal AND x.fields
    WHERE x.finding <> \(Finding.present.rawValue) OR x.fields OR x.parent_is_owned OR x.settings
      OR x.digest_differs
    """
  }

  /// Gives rows that somebody edited a variant each for what they hold; the digest of what was
  /// last applied tells the others apart.
  private func tellVariantsApart(in numbers: ClosedRange<Int>) throws {
    try db.cachedStatement(
      sql: """
        UPDATE temp.seed_plan SET variant = (
          SELECT seed_variant(\(HarnessField.valuesOfDifferences)) FROM harnesses h
          WHERE h.rowid = harness_row)
        WHERE number BETWEEN :first AND :last AND is_edited
        """
    ).execute(arguments: rows(numbers, desired.harnesses.count))
  }

  /// The numbers of the rows of organizations in a plan with so many rows for each.
  func rows(_ organizations: ClosedRange<Int>, _ count: Int) -> StatementArguments {
    let count = max(1, count)
    return [
      "first": organizations.lowerBound * count,
      "last": organizations.upperBound * count + count - 1,
    ]
  }

  // MARK: Settings

  /// One row for each organization whose setting does not name the harness of its role.
  private func fill(_ setting: NamedSetting, _ numbers: ClosedRange<Int>) throws {
    let count = max(1, desired.harnesses.count)
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO temp.setting_plan (number, setting, org_id, public_id, harness_id,
          harness_number, has_row, is_set, dangling, chosen, chosen_is_built_in, is_unusable,
          is_written)
        SELECT x.*, NOT is_unusable AND (chosen IS NULL
          OR :overwrites AND NOT (chosen = :harness AND coalesce(chosen_is_built_in, 0)))
        FROM (
          SELECT r.number / \(count) * \(desired.harnessSettings.count) + \(setting.index),
            \(setting.index), r.org_id, r.public_id, r.harness_id, r.number,
            s.org_id IS NOT NULL, s.\(setting.column) IS NOT NULL,
            CASE WHEN c.id IS NULL THEN s.\(setting.column) END, c.name AS chosen,
            c.is_built_in
              OR c.id = r.harness_id AND r.finding = \(Finding.adopted.rawValue)
              AS chosen_is_built_in,
            r.\(Self.isUnusable) AS is_unusable
          FROM temp.seed_plan r
          LEFT JOIN organization_settings s ON s.org_id = r.org_id
          LEFT JOIN harnesses c ON c.id = s.\(setting.column) AND c.org_id = r.org_id
          WHERE r.number BETWEEN :first AND :last AND r.settings & \(1 << setting.index)) x
        """)
    try statement.execute(
      arguments: rows(numbers, count) + [
        "harness": setting.harness, "overwrites": options.overwrites,
      ])
  }

  // MARK: Orphans

  private static let orphans = """
    INSERT INTO temp.orphan_plan
    SELECT h.id, h.name, o.org_id, o.public_id, h.seed_digest IS NOT NULL,
      \(OrphanFinding.kept.rawValue), NULL
    FROM temp.compared_organizations o CROSS JOIN harnesses h ON h.org_id = o.org_id
    WHERE o.number BETWEEN :first AND :last
      AND h.name NOT IN (SELECT name FROM temp.desired_harnesses) AND h.is_built_in
    """

  /// Marks the orphans that go.
  ///
  /// What is released stays usable, so only what is deleted must not be in use: named by a setting
  /// that stays as it is, or the parent of a row that remains and is not led elsewhere.
  private func decideOrphans() throws {
    let pruned = OrphanFinding.pruned.rawValue
    try db.execute(
      sql: "UPDATE temp.orphan_plan SET finding = \(pruned) WHERE is_seeded")
    guard options.prune == .delete else { return }
    try db.execute(
      sql: """
        CREATE INDEX temp.plan_by_harness ON seed_plan (harness_id) WHERE harness_id IS NOT NULL;
        """)
    for (index, setting) in desired.harnessSettings.enumerated() {
      try keepOrphans(namedBy: setting, index: index)
    }
    // A kept orphan keeps its parent, and so on up.
    repeat {
      try db.execute(
        sql: """
          UPDATE temp.orphan_plan SET finding = \(OrphanFinding.inUse.rawValue), used_by = u.name
          FROM (SELECT c.parent_harness_id AS id, c.name FROM harnesses c
                LEFT JOIN temp.orphan_plan k ON k.harness_id = c.id
                WHERE c.parent_harness_id IN (SELECT harness_id FROM temp.orphan_plan)
                  AND CASE WHEN k.harness_id IS NOT NULL THEN k.finding <> \(pruned)
                    ELSE NOT EXISTS (
                      SELECT 1 FROM temp.seed_plan
                      WHERE harness_id = c.id AND \(Self.isProvisioned)) END) u
          WHERE u.id = harness_id AND finding = \(pruned)
          """)
    } while db.changesCount > 0
  }

  /// Keeps the orphans that a setting names, but for those whose setting this very run leads to the
  /// harness of its role.
  private func keepOrphans(namedBy setting: DesiredHarnessSetting, index: Int) throws {
    try db.execute(
      sql: """
        UPDATE temp.orphan_plan SET finding = \(OrphanFinding.inUse.rawValue), used_by = :setting
        FROM organization_settings s
        WHERE s.\(setting.setting.column) = harness_id
          AND finding = \(OrphanFinding.pruned.rawValue)
          AND NOT EXISTS (
            SELECT 1 FROM temp.setting_plan w
            WHERE w.setting = :index AND w.org_id = s.org_id AND w.is_written)
        """, arguments: ["setting": setting.setting.rawValue, "index": index])
  }
}
