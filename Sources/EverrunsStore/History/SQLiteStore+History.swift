public import EverrunsDocuments
public import EverrunsSeeding
import GRDB

extension SQLiteStore {
  /// What was done to the store, the latest first.
  ///
  /// - Parameter limit: How many entries are wanted at the most; `nil` for all.
  public func history(atMost limit: Int?) throws(StoreError) -> [HistoryEntry] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT created_at, actor, command, reason, summary, serial FROM history
          ORDER BY id DESC LIMIT ?
          """, arguments: [limit ?? -1]
      ).map { row in
        HistoryEntry(
          change: StoreChange(
            actor: row.text("actor") ?? "", command: row.text("command") ?? "",
            reason: row.text("reason"), at: row.text("created_at") ?? ""),
          summary: row.text("summary") ?? "", serial: row.integer("serial"))
      }
    }
  }

  /// Adds an entry to the history.
  static func record(
    _ change: StoreChange, summary: String, serial: Int, _ db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO history (created_at, actor, command, reason, summary, serial)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        change.at, change.actor, change.command, change.reason, summary, serial,
      ])
  }

  /// The rows of a kind as the database holds them.
  public func records(
    _ kind: RecordKind, organization: Int?
  ) throws(StoreError) -> [JSONObject] {
    try read { db in
      let condition =
        switch (kind, organization) {
        case (_, nil): ""
        case (.user, _?):
          " WHERE id IN (SELECT user_id FROM organization_members WHERE org_id = :organization)"
        case (_, _?): " WHERE org_id = :organization"
        }
      let arguments: StatementArguments = organization.map { ["organization": $0] } ?? [:]
      return try Row.fetchAll(
        db, sql: "SELECT * FROM \(kind.table)\(condition) ORDER BY 1", arguments: arguments
      ).map { row in
        var object = JSONObject(
          kind.columns.map {
            JSONObject.Member(key: $0.name, value: row.value($0.name, $0.form))
          })
        if kind.capabilityOwner != nil {
          object["capabilities"] = try Self.capabilities(db, of: row.text("id") ?? "", kind)
        }
        return object
      }
    }
  }
}
