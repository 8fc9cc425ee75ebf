import EverrunsDocuments
import EverrunsSeeding
import GRDB

extension SQLiteStore {
  /// The stored rows of one kind.
  func records(
    _ kind: RecordKind, organization: Int?
  ) throws(StoreError) -> [JSONObject] {
    let condition: SQL =
      switch (kind, organization) {
      case (_, nil): ""
      case (.user, let number?):
        "WHERE id IN (SELECT user_id FROM organization_members WHERE org_id = \(number))"
      case (_, let number?): "WHERE org_id = \(number)"
      }
    return try read { db in
      let query: SQL = """
        SELECT \(sql: kind.definition.selection()) FROM \(sql: kind.table) \(condition) ORDER BY 1
        """
      return try query.map(db) { row in
        var object = JSONObject(
          kind.columns.map {
            JSONObject.Member(key: $0.name, value: row.value($0.name, $0.form))
          })
        if kind.capabilityOwner != nil {
          object[RecordKind.capabilitiesKey] = try Self.capabilities(
            db, of: row.text("id") ?? "", kind)
        }
        return object
      }
    }
  }

  /// How many rows of each kind an organization has.
  func counts(of organization: Organization) throws(StoreError) -> [RecordKind: Int] {
    try read { try Self.counts($0, organization: organization.orgID) }
  }

  /// How many rows of each kind there are, in one organization or in all of them.
  static func counts(_ db: Database, organization: Int?) throws -> [RecordKind: Int] {
    try RecordKind.allCases.reduce(into: [:]) { counts, kind in
      let source: SQL
      switch (kind, organization) {
      case (.organization, .some): return
      case (_, nil): source = "\(sql: kind.table)"
      case (.user, let number?): source = "organization_members WHERE org_id = \(number)"
      case (_, let number?): source = "\(sql: kind.table) WHERE org_id = \(number)"
      }
      counts[kind] = try SQLRequest<Int>("SELECT count(*) FROM \(source)").fetchOne(db)
    }
  }
}
