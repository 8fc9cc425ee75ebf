import EverrunsDocuments
package import EverrunsSeeding
import GRDB

/// How to find the rows of a kind for a comparison.
package struct RecordSource {
  /// The kind of the rows.
  package let kind: RecordKind
  /// The columns of the natural key.
  package let key: [String]
  /// The column of the natural key that finds rows without the catalog's seed ids.
  package var naturalKey: String { key.last ?? "id" }
  /// Users belong to no organization; organizations have members.
  var isGlobal: Bool { kind == .user }

  /// Those of all kinds with a natural key.
  package static let all = [
    RecordSource(kind: .user, key: ["email"]),
    RecordSource(kind: .llmProvider, key: ["name"]),
    RecordSource(kind: .llmModel, key: ["provider_id", "model_id"]),
    RecordSource(kind: .mcpServer, key: ["name"]),
    RecordSource(kind: .agent, key: ["name"]),
  ]
}

extension SQLiteStore {
  /// The stored rows that a desired state refers to.
  ///
  /// - Parameters:
  ///   - db: The database.
  ///   - desired: The rows to look for, by id and by natural key.
  ///   - excerpt: What the store is an excerpt of, if it is one.
  /// - Returns: The rows, and what was last applied to them.
  /// - Throws: An error of the database, or about a column with an invalid value.
  static func snapshot(
    _ db: Database, for desired: SeedDesiredState, of excerpt: Excerpt?
  ) throws -> SeedSnapshot {
    let organization = desired.organization
    var snapshot = SeedSnapshot(
      defaultOrganization: try db.mapFirst(
        "SELECT org_id, public_id, name FROM organizations WHERE org_id = ?",
        [organization.orgID]
      ) { row in
        SeedOrganization(
          orgID: row.integer("org_id"), publicID: row.text("public_id") ?? "",
          name: row.text("name") ?? "")
      },
      numberOfDefaultPublicID: try Int.fetchOne(
        db, sql: "SELECT org_id FROM organizations WHERE public_id = ?",
        arguments: [organization.publicID]),
      defaultModelID: try db.mapFirst(
        "SELECT default_model_id FROM organization_settings WHERE org_id = ?",
        [organization.orgID]
      ) { $0.text("default_model_id") } ?? nil)
    snapshot.memory = try memory(db)
    snapshot.hasMemory = excerpt?.hasMemory ?? true
    if excerpt != nil {
      snapshot.recordsElsewhere[.mcpServer] = try serversElsewhere(
        db, organization: organization.orgID)
    }
    for source in RecordSource.all {
      let wanted = desired.records.filter { $0.kind == source.kind }
      let ids = wanted.map(\.seedID)
      let memory = snapshot.memory[source.kind] ?? [:]
      snapshot.records[source.kind] = try records(
        db, source, ids: ids + memory.values.map(\.id),
        keys: wanted.compactMap { $0.naturalKey[source.naturalKey] },
        organization: organization.orgID)
      snapshot.idsTaken[source.kind] = Set(
        try db.map(
          """
          SELECT id FROM \(source.kind.table) WHERE id IN (SELECT value FROM json_each(?))
          """, [JSONValue.strings(ids).canonicalJSON]
        ) { $0.text("id") ?? "" })
    }
    return snapshot
  }

  /// The MCP servers of other organizations in an excerpt: their names are unique in a control
  /// plane's database.
  private static func serversElsewhere(
    _ db: Database, organization: Int
  ) throws -> [StoredRecord] {
    try db.map("SELECT id, org_id, name FROM mcp_servers WHERE org_id <> ?", [organization]) {
      row in
      StoredRecord(
        id: row.text("id") ?? "", fields: ["name": row.value("name", .text)],
        isMarkedAsDeleted: row.integer("org_id") == Excerpt.organizationOfDeleted)
    }
  }

  /// The last-applied content of the catalog's rows.
  private static func memory(_ db: Database) throws -> [RecordKind: [String: SeedMemory]] {
    var memory: [RecordKind: [String: SeedMemory]] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT kind, seed_id, row_id, content FROM seed_memory")
    while let row = try rows.next() {
      // The order of keys is that of the content, which is compared as is.
      guard let kind = row.text("kind").flatMap(RecordKind.init), let id = row.text("seed_id"),
        case .object(let content)? = row.text("content").flatMap({ try? JSONValue(json: $0) })
      else { continue }
      memory[kind, default: [:]][id] = SeedMemory(id: row.text("row_id") ?? "", content: content)
    }
    return memory
  }

  private static func records(
    _ db: Database, _ source: RecordSource, ids: [String], keys: [String], organization: Int
  ) throws -> [StoredRecord] {
    let table = source.kind.table
    // MCP servers satisfy agents even if no catalog lists them, and a setting may name any model.
    let condition =
      switch source.kind {
      case .mcpServer: "org_id = :organization"
      case .llmModel:
        """
        org_id = :organization AND (id IN (SELECT value FROM json_each(:ids))
          OR model_id IN (SELECT value FROM json_each(:keys))
          OR id = (SELECT default_model_id FROM organization_settings
                   WHERE org_id = :organization))
        """
      default:
        (source.isGlobal ? "" : "org_id = :organization AND ")
          + """
          (id IN (SELECT value FROM json_each(:ids))
            OR \(source.naturalKey) IN (SELECT value FROM json_each(:keys)))
          """
      }
    let membership =
      source.isGlobal
      ? """
      , (SELECT member.role FROM organization_members member
         WHERE member.user_id = users.id AND member.org_id = :organization) AS membership_role
      """ : ""
    var arguments: StatementArguments = ["organization": organization]
    if source.kind != .mcpServer {
      arguments += [
        "ids": JSONValue.strings(ids).canonicalJSON, "keys": JSONValue.strings(keys).canonicalJSON,
      ]
    }
    return try db.map(
      """
      SELECT \(source.kind.definition.selection())\(membership) FROM \(table)
      WHERE \(condition) ORDER BY \(table).id
      """, arguments
    ) { row in
      let id = row.text("id") ?? ""
      var fields = JSONObject(
        source.kind.contentColumns.map {
          JSONObject.Member(key: $0.name, value: row.value($0.name, $0.form))
        })
      if source.isGlobal {
        fields["membership_role"] = row.value("membership_role", .text)
      }
      if source.kind.capabilityOwner != nil {
        fields["capabilities"] = try Self.capabilities(db, of: id, source.kind)
      }
      let hasStatus = source.kind.columns.contains { $0.name == "status" }
      return StoredRecord(
        id: id, fields: fields, isArchived: hasStatus && row.text("status") == "archived",
        hasUsableID: row.holdsText("id"))
    }
  }

  /// The capabilities of a harness or an agent, in order.
  static func capabilities(
    _ db: Database, of id: String, _ kind: RecordKind
  ) throws -> JSONValue {
    guard let owner = kind.capabilityOwner else { return [] }
    let statement = try db.cachedStatement(
      sql: """
        SELECT capability_id, config, position FROM \(owner.definition.name)
        WHERE \(owner.column) = ?
        ORDER BY position, capability_id
        """)
    return .array(
      try Row.fetchCursor(statement, arguments: [id]).values { row in
        var capability: JSONObject = [
          "ref": .optional(row.text("capability_id")), "config": row.value("config", .json),
        ]
        // Where it is not what it should be, it is shown.
        if case .string(let position) = row.value("position", .integer) {
          capability["position"] = .string(position)
        }
        return .object(capability)
      })
  }
}
