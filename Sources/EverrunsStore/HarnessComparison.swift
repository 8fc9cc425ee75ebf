import Everruns
import GRDB

/// Compares the built-in harnesses of every organization, and the settings that name them, with
/// what a definition has.
///
/// What multiplies with organizations is compared by the database: one query a template finds for
/// each organization whether its row is missing, equal, archived, somebody else's, or perhaps
/// different. Only the last are looked at closely here. The query may call a row different that
/// is not, since JSON can be written in several ways, but never the reverse.
struct HarnessComparison {
  private let db: Database
  private let desired: SeedDesiredState

  init(_ db: Database, _ desired: SeedDesiredState) throws {
    self.db = db
    self.desired = desired
    try createTables()
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

  // MARK: What should be

  private func createTables() throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS desired_harnesses (
          ordinal INTEGER PRIMARY KEY, name TEXT, display_name TEXT, description TEXT,
          system_prompt TEXT, parent TEXT, tags TEXT, capability_count INTEGER);
        CREATE TEMP TABLE IF NOT EXISTS desired_capabilities (
          ordinal INTEGER, position INTEGER, capability_id TEXT, config TEXT,
          PRIMARY KEY (ordinal, position)) WITHOUT ROWID;
        DELETE FROM desired_harnesses;
        DELETE FROM desired_capabilities;
        """)
    for (ordinal, harness) in desired.harnesses.enumerated() {
      let template = harness.template
      try db.execute(
        sql: "INSERT INTO desired_harnesses VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          ordinal, template.name, template.displayName, template.description,
          template.systemPrompt, harness.parent, JSONValue.strings(template.tags).canonicalJSON,
          harness.capabilities.count,
        ])
      for (position, capability) in harness.capabilities.enumerated() {
        try db.execute(
          sql: "INSERT INTO desired_capabilities VALUES (?, ?, ?, ?)",
          arguments: [
            ordinal, position, capability.ref,
            JSONValue.object(capability.config.sortingKeys).canonicalJSON,
          ])
      }
    }
  }

  /// Every organization, the default one also before it exists.
  private static let organizations = """
    WITH all_organizations (org_id, public_id) AS (
      SELECT org_id, public_id FROM organizations
      UNION ALL SELECT :default_id, :default_public_id
      WHERE NOT EXISTS (SELECT 1 FROM organizations WHERE org_id = :default_id))
    """

  private var organizationArguments: StatementArguments {
    [
      "default_id": desired.organization.orgID,
      "default_public_id": desired.organization.publicID,
    ]
  }

  // MARK: Templates

  /// What the query finds about a template in one organization.
  private enum Finding: Int {
    case missing
    case owned
    case archived
    case equal
    case different
  }

  private static let findings =
    organizations + """

      SELECT o.org_id, o.public_id, h.id,
        p.id IS NOT NULL AND NOT p.is_built_in AS parent_is_owned,
        CASE
          WHEN h.id IS NULL THEN \(Finding.missing.rawValue)
          WHEN NOT coalesce(h.is_built_in, 0) THEN \(Finding.owned.rawValue)
          WHEN h.status = 'archived' THEN \(Finding.archived.rawValue)
          WHEN h.display_name IS d.display_name
            AND h.description IS d.description
            AND h.system_prompt IS d.system_prompt
            AND h.status IS 'active'
            AND h.tags IS d.tags
            AND CASE
              WHEN d.parent IS NULL OR (p.id IS NOT NULL AND NOT p.is_built_in)
              THEN h.parent_harness_id IS NULL
              ELSE p.id IS NOT NULL AND h.parent_harness_id IS p.id
            END
            AND d.capability_count =
              (SELECT count(*) FROM harness_capabilities c WHERE c.harness_id = h.id)
            AND NOT EXISTS (
              SELECT 1 FROM desired_capabilities w
              LEFT JOIN harness_capabilities c
                ON c.harness_id = h.id AND c.capability_id = w.capability_id
              WHERE w.ordinal = d.ordinal
                AND (c.position IS NOT w.position OR c.config IS NOT w.config))
          THEN \(Finding.equal.rawValue)
          ELSE \(Finding.different.rawValue)
        END AS finding
      FROM desired_harnesses d
      CROSS JOIN all_organizations o
      LEFT JOIN harnesses h ON h.org_id = o.org_id AND h.name = d.name
      LEFT JOIN harnesses p ON p.org_id = o.org_id AND p.name = d.parent
      WHERE d.ordinal = :ordinal
      """

  private func rows(of harness: DesiredHarness, ordinal: Int) throws -> [SeedPlanRow] {
    let template = harness.template
    var folding = RowFolding(.harness, template.name, defaultOrganization: desired.organization)
    let cursor = try Row.fetchCursor(
      db, sql: Self.findings, arguments: organizationArguments + ["ordinal": ordinal])
    while let row = try cursor.next() {
      let id = row.text("id")
      let isDefault = row.integer("org_id") == desired.organization.orgID
      var notes = harness.notes
      if row.integer("parent_is_owned") != 0, let parent = harness.parent {
        notes.append(.parentBlocked(parent))
      }
      var outcome: RowFolding.Outcome
      switch Finding(rawValue: row.integer("finding")) {
      case .missing, nil:
        outcome = .init(reason: .missing(becomes: nil), notes: notes)
        if isDefault, let seedID = template.seedID {
          if try isTaken(seedID) {
            outcome.notes.append(.seedIDTaken(seedID))
          } else {
            outcome.id = seedID
          }
        }
      case .owned:
        outcome = .init(id: id, reason: .nameOwnedByOrganization(template.name))
      case .archived:
        outcome = .init(id: id, reason: .archived)
      case .equal:
        outcome = .init(id: id, reason: .matches, notes: notes)
      case .different:
        let changes = try self.changes(
          of: harness, id: id ?? "", organization: row.integer("org_id"))
        outcome = .init(
          id: id,
          reason: changes.isEmpty ? .matches : .overwritesLocalEdit(fields: changes.map(\.field)),
          notes: notes, changes: changes)
      }
      folding.add(outcome, organization: row.text("public_id") ?? "", isDefault: isDefault)
    }
    return folding.rows
  }

  private func isTaken(_ id: String) throws -> Bool {
    try Row.fetchOne(db, sql: "SELECT 1 FROM harnesses WHERE id = ?", arguments: [id]) != nil
  }

  /// What really differs between a row and its template, field by field.
  private func changes(
    of harness: DesiredHarness, id: String, organization: Int
  ) throws -> [FieldChange] {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT h.*, p.name AS parent_name,
          EXISTS (SELECT 1 FROM harnesses w
                  WHERE w.org_id = h.org_id AND w.name = :parent AND NOT w.is_built_in)
            AS parent_is_owned,
          p.is_built_in AS parent_is_built_in, p.org_id AS parent_org_id
        FROM harnesses h LEFT JOIN harnesses p ON p.id = h.parent_harness_id
        WHERE h.id = :id
        """, arguments: ["id": id, "parent": harness.parent])
    guard let row else { return [] }
    let template = harness.template
    // A parent that is no built-in harness of the organization is named by its id, so that it is
    // not mistaken for the template of its name.
    let isOwnBuiltIn =
      row.integer("parent_is_built_in") != 0 && row.integer("parent_org_id") == organization
    let parent = isOwnBuiltIn ? row.text("parent_name") : row.text("parent_harness_id")
    let wanted: [(field: String, before: JSONValue, after: JSONValue)] = [
      ("display_name", row.value("display_name", .text), .string(template.displayName)),
      ("description", row.value("description", .text), .string(template.description)),
      ("system_prompt", row.value("system_prompt", .text), .string(template.systemPrompt)),
      (
        "parent", .optional(parent),
        row.integer("parent_is_owned") != 0 ? .null : .optional(harness.parent)
      ),
      ("tags", row.value("tags", .json), .strings(template.tags)),
      ("status", row.value("status", .text), "active"),
      (
        "capabilities",
        try SQLiteStore.capabilities(
          db, of: id, in: "harness_capabilities", owner: "harness_id"),
        .capabilities(harness.capabilities)
      ),
    ]
    return wanted.filter { $0.before != $0.after }
      .map { FieldChange(field: $0.field, before: $0.before, after: $0.after) }
  }

  /// Built-in harnesses that the definition does not have.
  private func orphanRows() throws -> [SeedPlanRow] {
    var foldings: [(name: String, folding: RowFolding)] = []
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT h.name, h.id, h.org_id, o.public_id
        FROM harnesses h JOIN organizations o ON o.org_id = h.org_id
        WHERE h.is_built_in AND h.name NOT IN (SELECT name FROM desired_harnesses)
        ORDER BY h.name
        """)
    while let row = try cursor.next() {
      let name = row.text("name") ?? ""
      if foldings.last?.name != name {
        foldings.append(
          (name, RowFolding(.harness, name, defaultOrganization: desired.organization)))
      }
      foldings[foldings.count - 1].folding.add(
        .init(id: row.text("id"), reason: .orphaned), organization: row.text("public_id") ?? "",
        isDefault: row.integer("org_id") == desired.organization.orgID)
    }
    return foldings.flatMap(\.folding.rows)
  }

  // MARK: Settings

  private func rows(of desiredSetting: DesiredHarnessSetting) throws -> [SeedPlanRow] {
    let setting = desiredSetting.setting
    var folding = RowFolding(
      .organizationSettings, setting.rawValue, defaultOrganization: desired.organization)
    let cursor = try Row.fetchCursor(
      db,
      sql: Self.organizations + """

        SELECT o.org_id, o.public_id, s.\(setting.column) AS current,
          c.name AS chosen, c.is_built_in AS chosen_is_built_in,
          r.id IS NOT NULL AND (NOT r.is_built_in OR r.status = 'archived') AS is_unusable
        FROM all_organizations o
        LEFT JOIN organization_settings s ON s.org_id = o.org_id
        LEFT JOIN harnesses c ON c.id = s.\(setting.column) AND c.org_id = o.org_id
        LEFT JOIN harnesses r ON r.org_id = o.org_id AND r.name = :harness
        """, arguments: organizationArguments + ["harness": desiredSetting.harness])
    while let row = try cursor.next() {
      folding.add(
        outcome(of: desiredSetting, row), organization: row.text("public_id") ?? "",
        isDefault: row.integer("org_id") == desired.organization.orgID)
    }
    return folding.rows
  }

  private func outcome(of desired: DesiredHarnessSetting, _ row: Row) -> RowFolding.Outcome {
    let current = row.text("current")
    guard let harness = desired.harness else {
      return .init(reason: .noHarnessForRole(desired.role, blocked: nil), exists: current != nil)
    }
    if let chosen = row.text("chosen") {
      let isWanted = chosen == harness && row.integer("chosen_is_built_in") != 0
      return .init(reason: isWanted ? .matches : .keptOrganizationChoice(chosen: chosen))
    }
    let notes = current.map { [SeedNote.settingDangling($0)] } ?? []
    guard row.integer("is_unusable") == 0 else {
      return .init(
        reason: .noHarnessForRole(desired.role, blocked: harness), notes: notes,
        exists: current != nil)
    }
    return .init(reason: .missing(becomes: harness), notes: notes)
  }
}
