import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// Carries out a plan within a transaction: catalog rows one by one; harnesses and settings through
/// ``HarnessWriter``.
struct SeedWriter {
  private let db: Database
  private let plan: HarnessPlan
  private let isRowByRow: Bool
  private let runID: UUIDVersion7
  private var desired: SeedDesiredState { plan.context.desired }

  /// Creates a writer; if `isRowByRow`, an error about a harness row names the row.
  init(_ db: Database, _ plan: HarnessPlan, isRowByRow: Bool = false, runID: UUIDVersion7) {
    self.db = db
    self.plan = plan
    self.isRowByRow = isRowByRow
    self.runID = runID
  }

  /// Writes the plan.
  ///
  /// - Returns: How many organization-owned harnesses were newly accepted.
  func write(_ steps: [SeedStep], progress: ProgressReport) throws -> Int {
    try setKeysAside(steps)
    for step in steps {
      try WriteRefusal.naming(step.row.address.description) {
        if let write = step.write { try perform(write) }
        if let (seedID, memory) = step.memory {
          try remember(step.row.address.kind, seedID, memory)
        }
        for seedID in step.forgotten {
          try db.delete(
            from: .seedMemory,
            where: "kind = \(step.row.address.kind.rawValue) AND seed_id = \(seedID)")
        }
      }
    }
    return try HarnessWriter(plan, isRowByRow: isRowByRow, runID: runID).write(progress: progress)
  }

  /// Records the definition that is now applied to all organizations.
  func remember(_ platform: SeedPlan.Source) throws {
    let roles = JSONObject(
      desired.harnessSettings.map {
        JSONObject.Member(key: $0.role.rawValue, value: .optional($0.harness))
      })
    try db.update(
      .storeState,
      set: [
        "applied_platform": platform.ref,
        "applied_fingerprint": platform.fingerprint.description,
        "applied_roles": JSONValue.object(roles).canonicalJSON,
      ])
  }

  // MARK: Rows of the catalog

  /// Gives rows whose keys change their ids for keys, until they get their new ones: rows may exchange
  /// keys, which are unique at any moment.
  private func setKeysAside(_ steps: [SeedStep]) throws {
    for source in RecordSource.all {
      let steps = steps.filter { step in
        step.row.address.kind == source.kind
          && source.key.contains { step.write?.values[$0] != nil }
      }
      guard steps.count > 1 else { continue }
      for step in steps {
        guard case .update(let kind, let id, _)? = step.write else { continue }
        try WriteRefusal.naming(step.row.address.description) {
          try update(kind, id, [source.naturalKey: .string(id)])
        }
      }
    }
  }

  private func perform(_ write: SeedWrite) throws {
    switch write {
    case .organization(let organization, isNew: true):
      try db.insert(
        [
          "org_id": organization.orgID, "public_id": organization.publicID,
          "name": organization.name,
        ], into: .organizations)
      try OrganizationNumbers.note(organization.orgID, db)
    case .organization(let organization, isNew: false):
      try db.update(
        .organizations, set: ["name": organization.name],
        where: "org_id = \(organization.orgID)")
    case .insert(let kind, let id, let content):
      try insert(kind, id, content)
    case .update(let kind, let id, let changes):
      try update(kind, id, changes)
    case .setting(let setting, let id):
      try set(setting.column, to: id)
    }
  }

  /// The fields of a row's content that are columns of its own table.
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
    try db.expectChanges(1, in: kind.definition)
    try writeParts(kind, id, content)
  }

  private func update(_ kind: RecordKind, _ id: String, _ changes: JSONObject) throws {
    let columns = self.columns(changes)
    if !columns.isEmpty {
      let assignments = columns.map { "\($0.name) = ?" }.joined(separator: ", ")
      try db.execute(
        sql: "UPDATE \(kind.table) SET \(assignments) WHERE id = ?",
        arguments: StatementArguments(columns.map(\.value) + [id.databaseValue]))
      try db.expectChanges(1, in: kind.definition)
    }
    try writeParts(kind, id, changes)
  }

  /// The parts of a row that are in other tables: a user's membership, an agent's capabilities.
  private func writeParts(_ kind: RecordKind, _ id: String, _ content: JSONObject) throws {
    if let role = content.text("membership_role") {
      try db.put(
        ["org_id": desired.organization.orgID, "user_id": id, "role": role],
        into: .organizationMembers)
    }
    guard case .array(let capabilities)? = content["capabilities"],
      let owner = kind.capabilityOwner
    else { return }
    try db.delete(from: owner.definition, where: "\(sql: owner.column) = \(id)")
    for (position, capability) in capabilities.enumerated() {
      guard case .object(let object) = capability else { continue }
      try db.execute(
        sql: """
          INSERT INTO \(owner.definition.name) (\(owner.column), capability_id, position, config)
          VALUES (?, ?, ?, ?)
          """,
        arguments: [
          id, object["ref"]?.databaseValue ?? .null, position,
          (object["config"] ?? [:]).canonicalJSON,
        ])
      try db.expectChanges(1, in: owner.definition)
    }
  }

  private func set(_ column: String, to id: String) throws {
    try db.put(
      ["org_id": desired.organization.orgID, column: id], into: .organizationSettings)
  }

  private func remember(_ kind: RecordKind, _ seedID: String, _ memory: SeedMemory) throws {
    try db.put(
      [
        "kind": kind.rawValue, "seed_id": seedID, "row_id": memory.id,
        "content": JSONValue.object(memory.content).canonicalJSON,
      ], into: .seedMemory)
  }
}

extension SeedWrite {
  /// The columns of a catalog row that are written.
  fileprivate var values: JSONObject {
    switch self {
    case .insert(_, _, let content): content
    case .update(_, _, let changes): changes
    case .organization, .setting: [:]
    }
  }
}

extension JSONValue {
  /// The stored form of a value: booleans as 0 and 1, arrays and objects as JSON text.
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
