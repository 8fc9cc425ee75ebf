import Everruns
import GRDB

/// Compares the built-in harnesses of every organization, and the settings that name them, with
/// what a definition has.
///
/// What multiplies with organizations is compared by the database. One statement finds, for each
/// template and organization, whether the row is missing, equal, archived, somebody else's, or
/// perhaps different, and puts that into a temporary table: the plan, which is then read for the
/// preview and carried out for the apply. Only what may be different is looked at closely here.
/// The statement may call a row different that is not, since JSON can be written in several ways,
/// but never the reverse.
struct HarnessComparison {
  let db: Database
  let desired: SeedDesiredState
  let options: SeedOptions
  /// The harness that had each role when seeding was last applied, by role.
  private let appliedRoles: JSONObject

  /// What the plan knows about a template in one organization.
  enum Finding: Int {
    case missing
    /// The organization has a harness of its own of that name, and nobody has decided about it.
    case owned
    /// The organization's own harness stays, as was decided.
    case accepted
    /// The organization's own harness becomes the built-in one.
    case adopted
    case archived
    case equal
    case different
  }

  /// What the plan knows about a built-in harness that the definition no longer has.
  enum OrphanFinding: Int {
    case kept
    case inUse
    case pruned
  }

  init(
    _ db: Database, _ desired: SeedDesiredState, _ options: SeedOptions, appliedRoles: JSONObject
  ) throws {
    self.db = db
    self.desired = desired
    self.options = options
    self.appliedRoles = appliedRoles
    try HarnessPlanTables(db, desired, options).fill()
  }

  /// One row for each template, orphan and setting, in order; rows that are equal in several
  /// organizations but the default one are folded.
  func rows() throws -> [SeedPlanRow] {
    var rows: [SeedPlanRow] = []
    for (ordinal, harness) in desired.harnesses.enumerated() {
      rows += try self.rows(of: harness, ordinal: ordinal)
    }
    rows += try orphanRows()
    for setting in desired.harnessSettings {
      rows += try self.rows(of: setting)
    }
    return rows
  }

  private func folding(_ kind: RecordKind, _ name: String) -> RowFolding {
    RowFolding(
      kind, name, defaultOrganization: desired.organization, expands: options.expands)
  }

  private func isDefault(_ row: Row) -> Bool {
    row.integer("org_id") == desired.organization.orgID
  }

  // MARK: Templates

  /// What keeps organizations apart that are looked at one by one.
  ///
  /// Those are the default one, those that may differ, and all of them where equal rows are listed.
  /// The others are counted by the database.
  ///
  /// Beside `min(public_id)`, columns that are neither grouped nor aggregated come from the row
  /// that has the least: sqlite.org/lang_select.html, "Bare columns in an aggregate query".
  private static func apart(_ condition: String) -> String {
    "CASE WHEN :expands OR org_id = :default_id OR \(condition) THEN org_id END"
  }

  private var apartArguments: StatementArguments {
    ["expands": options.expands, "default_id": desired.organization.orgID]
  }

  private func rows(of harness: DesiredHarness, ordinal: Int) throws -> [SeedPlanRow] {
    let template = harness.template
    var folding = folding(.harness, template.name)
    var settled: [(organization: Int, finding: Finding, capabilitiesDiffer: Bool)] = []
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT org_id, min(public_id) AS public_id, harness_id, finding, parent_is_owned,
          count(*) AS organizations
        FROM temp.seed_plan WHERE ordinal = :ordinal
        GROUP BY finding, parent_is_owned, \(Self.apart(Self.mayDiffer))
        """, arguments: apartArguments + ["ordinal": ordinal])
    while let row = try cursor.next() {
      let id = row.text("harness_id")
      var notes = harness.notes
      if row.integer("parent_is_owned") != 0, let parent = harness.parent {
        notes.append(.parentBlocked(parent))
      }
      var outcome: RowFolding.Outcome
      switch Finding(rawValue: row.integer("finding")) {
      case .missing, nil:
        outcome = .init(reason: .missing(becomes: nil), notes: notes)
        if isDefault(row), let seedID = template.seedID {
          if try isTaken(seedID) {
            outcome.notes.append(.seedIDTaken(seedID))
          } else {
            outcome.id = seedID
          }
        }
      case .owned: outcome = .init(id: id, reason: .nameOwnedByOrganization(template.name))
      case .accepted: outcome = .init(id: id, reason: .ownHarnessAccepted)
      case .archived: outcome = .init(id: id, reason: .archived)
      case .equal: outcome = .init(id: id, reason: .matches, notes: notes)
      case .different, .adopted:
        let content = try HarnessContent(db, id: id ?? "", organization: row.integer("org_id"))
        let changes = content.changes(
          to: harness, withoutParent: row.integer("parent_is_owned") != 0)
        let fields = changes.map(\.field)
        let reason: SeedReason =
          changes.isEmpty
          ? .matches
          : try content.isUnedited(db)
            ? .definitionChanged(fields: fields) : .overwritesLocalEdit(fields: fields)
        outcome = .init(id: id, reason: reason, notes: notes, changes: changes)
        settled.append(
          (
            row.integer("org_id"), changes.isEmpty ? .equal : .different,
            fields.contains("capabilities")
          ))
      }
      folding.add(
        outcome, organization: row.text("public_id") ?? "", count: row.integer("organizations"),
        isDefault: isDefault(row))
    }
    let update = try db.cachedStatement(
      sql: """
        UPDATE temp.seed_plan SET finding = ?, capabilities_differ = ?
        WHERE ordinal = ? AND org_id = ?
        """)
    for (organization, finding, capabilitiesDiffer) in settled {
      try update.execute(
        arguments: [finding.rawValue, capabilitiesDiffer, ordinal, organization])
    }
    return folding.rows
  }

  private static let mayDiffer =
    "finding IN (\(Finding.different.rawValue), \(Finding.adopted.rawValue))"

  private func isTaken(_ id: String) throws -> Bool {
    try Row.fetchOne(db, sql: "SELECT 1 FROM harnesses WHERE id = ?", arguments: [id]) != nil
  }

  // MARK: Orphans

  private func orphanRows() throws -> [SeedPlanRow] {
    var foldings: [(name: String, folding: RowFolding)] = []
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT name, harness_id, org_id, public_id, finding, used_by FROM temp.orphan_plan
        ORDER BY name
        """)
    while let row = try cursor.next() {
      let name = row.text("name") ?? ""
      if foldings.last?.name != name {
        foldings.append((name, folding(.harness, name)))
      }
      let reason: SeedReason =
        switch OrphanFinding(rawValue: row.integer("finding")) {
        case .inUse: .inUse(by: row.text("used_by") ?? "")
        case .pruned: options.prune.map(SeedReason.pruned) ?? .orphaned
        case .kept, nil: .orphaned
        }
      foldings[foldings.count - 1].folding.add(
        .init(id: row.text("harness_id"), reason: reason),
        organization: row.text("public_id") ?? "", isDefault: isDefault(row))
    }
    return foldings.flatMap(\.folding.rows)
  }

  // MARK: Settings

  private func rows(of setting: DesiredHarnessSetting) throws -> [SeedPlanRow] {
    var folding = folding(.organizationSettings, setting.setting.rawValue)
    let found =
      HarnessPlanTables.organizations + """
        , found AS (
          SELECT o.org_id, o.public_id, s.\(setting.setting.column) IS NOT NULL AS is_set,
            CASE WHEN c.id IS NULL THEN s.\(setting.setting.column) END AS dangling,
            c.name AS chosen,
            c.is_built_in OR (c.id = r.harness_id AND r.finding = \(Finding.different.rawValue))
              AS chosen_is_built_in,
            r.finding IN (\(Finding.owned.rawValue), \(Finding.accepted.rawValue),
              \(Finding.archived.rawValue)) AS is_unusable
          FROM all_organizations o
          LEFT JOIN organization_settings s ON s.org_id = o.org_id
          LEFT JOIN harnesses c ON c.id = s.\(setting.setting.column) AND c.org_id = o.org_id
          LEFT JOIN temp.seed_plan r ON r.ordinal = :ordinal AND r.org_id = o.org_id)
        """
    let arguments =
      HarnessPlanTables.arguments(desired, options) + ["ordinal": ordinal(of: setting)]
    let cursor = try Row.fetchCursor(
      db,
      sql: found + """

        SELECT org_id, min(public_id) AS public_id, is_set, dangling, chosen, chosen_is_built_in,
          is_unusable, count(*) AS organizations
        FROM found
        GROUP BY is_set, dangling, chosen, chosen_is_built_in, is_unusable,
          \(Self.apart("0"))
        """, arguments: arguments + ["expands": options.expands])
    while let row = try cursor.next() {
      folding.add(
        outcome(of: setting, row), organization: row.text("public_id") ?? "",
        count: row.integer("organizations"), isDefault: isDefault(row))
    }
    try planWrites(of: setting, found: found, arguments)
    return folding.rows
  }

  /// Notes the organizations whose setting is written: those that `outcome` calls created or
  /// updated.
  private func planWrites(
    of setting: DesiredHarnessSetting, found: String, _ arguments: StatementArguments
  ) throws {
    guard let harness = setting.harness else { return }
    try db.execute(
      sql: found + """

        INSERT INTO temp.setting_plan
        SELECT '\(setting.setting.column)', org_id FROM found
        WHERE NOT coalesce(is_unusable, 0) AND (
          chosen IS NULL
          OR (:overwrites AND NOT (chosen = :harness AND coalesce(chosen_is_built_in, 0))))
        """, arguments: arguments + ["overwrites": options.overwrites, "harness": harness])
  }

  private func ordinal(of setting: DesiredHarnessSetting) -> Int? {
    setting.harness.flatMap { name in
      desired.harnesses.firstIndex { $0.template.name == name }
    }
  }

  private func outcome(of setting: DesiredHarnessSetting, _ row: Row) -> RowFolding.Outcome {
    let isSet = row.integer("is_set") != 0
    guard let harness = setting.harness else {
      return .init(reason: .noHarnessForRole(setting.role, blocked: nil), exists: isSet)
    }
    if let chosen = row.text("chosen") {
      let isBuiltIn = row.integer("chosen_is_built_in") != 0
      guard chosen != harness || !isBuiltIn else { return .init(reason: .matches) }
      let hasMoved = isBuiltIn && appliedRoles[setting.role.rawValue] == .string(chosen)
      let notes: [SeedNote] = hasMoved ? [.roleMoved(setting.role, to: harness)] : []
      guard options.overwrites, row.integer("is_unusable") == 0 else {
        return .init(reason: .keptOrganizationChoice(chosen: chosen), notes: notes)
      }
      let field = setting.setting.column
      return .init(
        reason: .overwritesLocalEdit(fields: [field]), notes: notes,
        changes: [FieldChange(field: field, before: .string(chosen), after: .string(harness))])
    }
    let notes = row.text("dangling").map { [SeedNote.settingDangling($0)] } ?? []
    guard row.integer("is_unusable") == 0 else {
      return .init(
        reason: .noHarnessForRole(setting.role, blocked: harness), notes: notes, exists: isSet)
    }
    return .init(reason: .missing(becomes: harness), notes: notes)
  }
}
