import Everruns
import GRDB

/// Carries out a plan within a transaction: the rows of the catalog one by one, and those of
/// harnesses and their settings from the plan's temporary tables, set by set.
struct SeedWriter {
  private let db: Database
  private let desired: SeedDesiredState
  private let options: SeedOptions
  private let newID: () -> String

  init(
    _ db: Database, _ desired: SeedDesiredState, _ options: SeedOptions,
    newID: @escaping () -> String
  ) {
    self.db = db
    self.desired = desired
    self.options = options
    self.newID = newID
  }

  /// Writes what the plan says.
  ///
  /// - Returns: How many harnesses of organizations' own are newly remembered to stay.
  func write(_ steps: [SeedStep]) throws -> Int {
    for step in steps {
      if let write = step.write { try perform(write) }
      if let (seedID, memory) = step.memory {
        try remember(step.row.address.kind, seedID, memory)
      }
    }
    try rememberTemplates()
    let isBulk = try self.isBulk()
    if isBulk { try Schema.writingInBulk(db, writeHarnesses) } else { try writeHarnesses() }
    return try rememberDecisions()
  }

  private func writeHarnesses() throws {
    try createHarnesses()
    try updateHarnesses()
    try pruneHarnesses()
    try writeSettings()
  }

  /// Whether so much is written that dropping and making the triggers costs less than their firing.
  private func isBulk() throws -> Bool {
    let least = 1000
    return try Row.fetchOne(
      db,
      sql: """
        SELECT 1 FROM temp.seed_plan WHERE finding IN \(Self.provisioned)
        LIMIT 1 OFFSET \(least)
        """) != nil
  }

  /// Remembers which definition all organizations have now.
  func remember(_ platform: SeedPlan.Source) throws {
    let roles = JSONObject(
      desired.harnessSettings.map {
        JSONObject.Member(key: $0.role.rawValue, value: .optional($0.harness))
      })
    try db.execute(
      sql: """
        UPDATE store_state SET applied_platform = ?, applied_fingerprint = ?, applied_roles = ?
        """,
      arguments: [
        platform.ref, platform.fingerprint.description, JSONValue.object(roles).canonicalJSON,
      ])
  }

  // MARK: Rows of the catalog

  private func perform(_ write: SeedWrite) throws {
    switch write {
    case .organization(let organization, isNew: true):
      try db.execute(
        sql: "INSERT INTO organizations (org_id, public_id, name) VALUES (?, ?, ?)",
        arguments: [organization.orgID, organization.publicID, organization.name])
    case .organization(let organization, isNew: false):
      try db.execute(
        sql: "UPDATE organizations SET name = ? WHERE org_id = ?",
        arguments: [organization.name, organization.orgID])
    case .insert(let kind, let id, let content):
      try insert(kind, id, content)
    case .update(let kind, let id, let changes):
      try update(kind, id, changes)
    case .setting(let setting, let id):
      try set(setting.column, to: id)
    }
  }

  /// The columns of a row's own table among the fields of its content.
  private func columns(_ content: JSONObject) -> [(name: String, value: DatabaseValue)] {
    content.members.filter { !["membership_role", "capabilities"].contains($0.key) }
      .map { ($0.key, $0.value.databaseValue) }
  }

  private func insert(_ kind: RecordKind, _ id: String, _ content: JSONObject) throws {
    var columns = [("id", id.databaseValue)] + self.columns(content)
    if kind != .user {
      columns.append(("org_id", desired.organization.orgID.databaseValue))
    }
    let names = columns.map(\.0).joined(separator: ", ")
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    try db.execute(
      sql: "INSERT INTO \(kind.table) (\(names)) VALUES (\(marks))",
      arguments: StatementArguments(columns.map(\.1)))
    try writeParts(kind, id, content)
  }

  private func update(_ kind: RecordKind, _ id: String, _ changes: JSONObject) throws {
    let columns = self.columns(changes)
    if !columns.isEmpty {
      let assignments = columns.map { "\($0.name) = ?" }.joined(separator: ", ")
      try db.execute(
        sql: "UPDATE \(kind.table) SET \(assignments) WHERE id = ?",
        arguments: StatementArguments(columns.map(\.value) + [id.databaseValue]))
    }
    try writeParts(kind, id, changes)
  }

  /// What a row holds in other tables: a user's membership, an agent's capabilities.
  private func writeParts(_ kind: RecordKind, _ id: String, _ content: JSONObject) throws {
    if case .string(let role)? = content["membership_role"] {
      try db.execute(
        sql: """
          INSERT INTO organization_members (org_id, user_id, role) VALUES (?, ?, ?)
          ON CONFLICT (org_id, user_id) DO UPDATE SET role = excluded.role
          """, arguments: [desired.organization.orgID, id, role])
    }
    guard case .array(let capabilities)? = content["capabilities"],
      let owner = kind.capabilityOwner
    else { return }
    try db.execute(
      sql: "DELETE FROM \(owner.table) WHERE \(owner.column) = ?", arguments: [id])
    for (position, capability) in capabilities.enumerated() {
      guard case .object(let object) = capability else { continue }
      try db.execute(
        sql: """
          INSERT INTO \(owner.table) (\(owner.column), capability_id, position, config)
          VALUES (?, ?, ?, ?)
          """,
        arguments: [
          id, object["ref"]?.databaseValue ?? .null, position,
          (object["config"] ?? [:]).canonicalJSON,
        ])
    }
  }

  private func set(_ column: String, to id: String) throws {
    try db.execute(
      sql: """
        INSERT INTO organization_settings (org_id, \(column)) VALUES (?, ?)
        ON CONFLICT (org_id) DO UPDATE SET \(column) = excluded.\(column)
        """, arguments: [desired.organization.orgID, id])
  }

  private func remember(_ kind: RecordKind, _ seedID: String, _ memory: SeedMemory) throws {
    try db.execute(
      sql: """
        INSERT INTO seed_memory (kind, seed_id, row_id, content) VALUES (?, ?, ?, ?)
        ON CONFLICT (kind, seed_id)
        DO UPDATE SET row_id = excluded.row_id, content = excluded.content
        """,
      arguments: [
        kind.rawValue, seedID, memory.id, JSONValue.object(memory.content).canonicalJSON,
      ])
  }

  // MARK: Harnesses

  private static let provisioned = """
    (\(HarnessComparison.Finding.missing.rawValue), \(HarnessComparison.Finding.different.rawValue),
     \(HarnessComparison.Finding.adopted.rawValue))
    """

  /// The id of the parent that a row of the plan gets: the built-in one's of the organization.
  private static let parentID = """
    (SELECT q.harness_id FROM temp.seed_plan q
     WHERE q.ordinal = d.parent_ordinal AND q.org_id = p.org_id
       AND q.finding NOT IN (\(HarnessComparison.Finding.owned.rawValue),
         \(HarnessComparison.Finding.accepted.rawValue)))
    """

  /// What identifies the content that a row of the plan gets.
  private static let digest = """
    CASE WHEN p.parent_is_owned THEN d.digest_without_parent ELSE d.digest END
    """

  private func rememberTemplates() throws {
    for content in desired.harnesses.flatMap({ [$0.content, $0.contentWithoutParent] }) {
      try db.execute(
        sql: "INSERT OR IGNORE INTO seed_templates (digest, content) VALUES (?, ?)",
        arguments: [
          Fingerprint(of: .object(content)).description, JSONValue.object(content).canonicalJSON,
        ])
    }
  }

  private func createHarnesses() throws {
    // Ids of one run ascend in the order of the plan: new rows are then appended to the index and
    // not scattered over it. A run's id is a UUID of version 7; its last twelve digits count.
    let prefix = newID().dropLast(12)
    let missing = HarnessComparison.Finding.missing.rawValue
    try db.execute(
      sql: """
        UPDATE temp.seed_plan SET harness_id =
          coalesce(
            (SELECT d.seed_id FROM temp.desired_harnesses d
             WHERE d.ordinal = seed_plan.ordinal AND seed_plan.org_id = :default_id
               AND NOT EXISTS (SELECT 1 FROM harnesses h WHERE h.id = d.seed_id)),
            printf('%s%012x', :prefix, n.number))
        FROM (SELECT ordinal, org_id, row_number() OVER (ORDER BY org_id, ordinal) AS number
              FROM temp.seed_plan WHERE finding = \(missing)) n
        WHERE n.ordinal = seed_plan.ordinal AND n.org_id = seed_plan.org_id
        """, arguments: ["default_id": desired.organization.orgID, "prefix": String(prefix)])
    // One statement, since its foreign keys are checked at its end: a parent's template may stand
    // after its child's.
    try db.execute(
      sql: """
        INSERT INTO harnesses (id, org_id, name, display_name, description, system_prompt,
          parent_harness_id, tags, is_built_in, status, seed_digest)
        SELECT p.harness_id, p.org_id, d.name, d.display_name, d.description, d.system_prompt,
          \(Self.parentID), d.tags, 1, 'active', \(Self.digest)
        FROM temp.seed_plan p JOIN temp.desired_harnesses d ON d.ordinal = p.ordinal
        WHERE p.finding = \(missing)
        ORDER BY p.harness_id
        """)
    try db.execute(
      sql: """
        INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
        SELECT p.harness_id, c.capability_id, c.position, c.config
        FROM temp.seed_plan p JOIN temp.desired_capabilities c ON c.ordinal = p.ordinal
        WHERE p.finding = \(missing)
        """)
  }

  private func updateHarnesses() throws {
    let different = HarnessComparison.Finding.different.rawValue
    let equal = HarnessComparison.Finding.equal.rawValue
    try db.execute(
      sql: """
        UPDATE harnesses SET display_name = d.display_name, description = d.description,
          system_prompt = d.system_prompt, parent_harness_id = \(Self.parentID),
          tags = d.tags, is_built_in = 1, status = 'active', seed_digest = \(Self.digest)
        FROM temp.seed_plan p JOIN temp.desired_harnesses d ON d.ordinal = p.ordinal
        WHERE harnesses.id = p.harness_id AND p.finding = \(different)
        """)
    try db.execute(
      sql: """
        DELETE FROM harness_capabilities WHERE harness_id IN (
          SELECT harness_id FROM temp.seed_plan
          WHERE finding = \(different) AND capabilities_differ)
        """)
    try db.execute(
      sql: """
        INSERT INTO harness_capabilities (harness_id, capability_id, position, config)
        SELECT p.harness_id, c.capability_id, c.position, c.config
        FROM temp.seed_plan p JOIN temp.desired_capabilities c ON c.ordinal = p.ordinal
        WHERE p.finding = \(different) AND p.capabilities_differ
        """)
    try db.execute(
      sql: """
        UPDATE harnesses SET seed_digest = \(Self.digest)
        FROM temp.seed_plan p JOIN temp.desired_harnesses d ON d.ordinal = p.ordinal
        WHERE harnesses.id = p.harness_id AND p.finding = \(equal) AND p.digest_differs
        """)
  }

  private func pruneHarnesses() throws {
    let pruned =
      "SELECT harness_id FROM temp.orphan_plan WHERE finding = "
      + "\(HarnessComparison.OrphanFinding.pruned.rawValue)"
    switch options.prune {
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

  private func writeSettings() throws {
    for setting in desired.harnessSettings {
      guard let harness = setting.harness else { continue }
      let column = setting.setting.column
      try db.execute(
        sql: """
          INSERT INTO organization_settings (org_id, \(column))
          SELECT s.org_id, h.id FROM temp.setting_plan s
          JOIN harnesses h ON h.org_id = s.org_id AND h.name = ? AND h.is_built_in
          WHERE s.column_name = ?
          ON CONFLICT (org_id) DO UPDATE SET \(column) = excluded.\(column)
          """, arguments: [harness, column])
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
            AND p.finding = \(HarnessComparison.Finding.different.rawValue))
        """)
    let before = db.totalChangesCount
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO seed_accepted_harnesses (org_id, name)
        SELECT p.org_id, d.name FROM temp.seed_plan p
        JOIN temp.desired_harnesses d ON d.ordinal = p.ordinal
        WHERE p.finding = \(HarnessComparison.Finding.accepted.rawValue)
        """)
    return db.totalChangesCount - before
  }
}

extension JSONValue {
  /// The value as a column holds it: booleans as 0 and 1, arrays and objects as JSON text.
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .bool(let flag): (flag ? 1 : 0).databaseValue
    case .number(let number): number.integer?.databaseValue ?? number.literal.databaseValue
    case .string(let text): text.databaseValue
    case .array, .object: canonicalJSON.databaseValue
    }
  }
}
