public import EverrunsSeeding
import GRDB

extension SQLiteStore {
  /// What there is to say about the store itself.
  public func info() throws(StoreError) -> StoreInfo {
    try read { db in
      let state = try self.state(db).plan
      return StoreInfo(
        path: path, id: state.id ?? "",
        schemaVersion: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
        serial: state.serial,
        journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
        sizeInBytes: (try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0)
          * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0),
        counts: try Self.counts(db, organization: nil),
        platformCount: try Int.fetchOne(
          db, sql: "SELECT count(DISTINCT name) FROM platform_revisions") ?? 0)
    }
  }

  /// The definition that somebody chose to be used where none is named.
  public func activePlatform(orElse name: String?) throws(StoreError) -> String? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT coalesce(active_platform,
            (SELECT name FROM platform_revisions WHERE name = ? LIMIT 1)) AS name FROM store_state
          """, arguments: [name])?.text("name")
    }
  }

  /// The organizations, by number.
  public func organizations(named word: String?) throws(StoreError) -> [Organization] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          \(Self.organizationQuery) WHERE \(word == nil ? "1" : ":word IN (o.public_id, o.name)")
          ORDER BY o.org_id
          """, arguments: word.map { ["word": $0] } ?? [:]
      ).map { row in
        Organization(
          orgID: row.integer("org_id"), publicID: row.text("public_id") ?? "",
          name: row.text("name") ?? "",
          settings: Dictionary(
            uniqueKeysWithValues: OrganizationSetting.allCases.compactMap { setting in
              row.text(setting.column).map { id in
                (
                  setting,
                  Organization.ChosenRecord(id: id, name: row.text(setting.column + "_name"))
                )
              }
            }))
      }
    }
  }

  /// The names of the organizations, by number.
  public func organizationNames() throws(StoreError) -> [(publicID: String, name: String)] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT public_id, name FROM organizations ORDER BY org_id").map {
        (publicID: $0.text("public_id") ?? "", name: $0.text("name") ?? "")
      }
    }
  }

  /// Every organization with its settings and the names of what they hold.
  private static let organizationQuery = """
    SELECT o.org_id, o.public_id, o.name,
      s.default_model_id, s.default_harness_id, s.base_harness_id,
      m.model_id AS default_model_id_name,
      d.name AS default_harness_id_name,
      b.name AS base_harness_id_name
    FROM organizations o
    LEFT JOIN organization_settings s ON s.org_id = o.org_id
    LEFT JOIN llm_models m ON m.id = s.default_model_id AND m.org_id = o.org_id
    LEFT JOIN harnesses d ON d.id = s.default_harness_id AND d.org_id = o.org_id
    LEFT JOIN harnesses b ON b.id = s.base_harness_id AND b.org_id = o.org_id
    """

  /// How many rows of each kind an organization has.
  public func counts(of organization: Organization) throws(StoreError) -> [RecordKind: Int] {
    try read { try Self.counts($0, organization: organization.orgID) }
  }

  private static func counts(_ db: Database, organization: Int?) throws -> [RecordKind: Int] {
    var counts: [RecordKind: Int] = [:]
    for kind in RecordKind.allCases {
      switch (kind, organization) {
      case (.organization, .some): continue
      case (.user, let number?):
        counts[kind] = try Int.fetchOne(
          db, sql: "SELECT count(*) FROM organization_members WHERE org_id = ?",
          arguments: [number])
      case (_, let number?):
        counts[kind] = try Int.fetchOne(
          db, sql: "SELECT count(*) FROM \(kind.table) WHERE org_id = ?", arguments: [number])
      case (_, nil):
        counts[kind] = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(kind.table)")
      }
    }
    return counts
  }
}
