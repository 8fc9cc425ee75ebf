import GRDB

/// The organizations that match a typed prefix.
package struct OrganizationNames: Sendable, Equatable {
  /// The public id and the name of an organization.
  package struct Entry: Sendable, Equatable {
    /// The public id.
    package let publicID: String
    /// The name.
    package let name: String
  }

  /// The organizations whose public ids have the prefix, ordered by number.
  package let byID: [Entry]
  /// If there are none, those with unique names that have the prefix, ordered by name.
  package let byName: [Entry]
  /// How many more organizations match.
  package let omitted: Int
}

extension SQLiteStore {
  package func organizationNames(
    beginningWith prefix: String, atMost limit: Int
  ) throws(StoreError) -> OrganizationNames {
    try read { db in
      func entries(_ query: SQL) throws -> [OrganizationNames.Entry] {
        try SQLRequest<Row>(literal: query).fetchAll(db).map { row in
          let columns = StoredColumns(row, of: .organizations)
          return .init(
            publicID: try columns.text("public_id"), name: try columns.text("name"))
        }
      }
      func count(_ query: SQL) throws -> Int {
        try SQLRequest<Int>(literal: query).fetchOne(db) ?? 0
      }
      let hasID: SQL = "substr(public_id, 1, length(\(prefix))) = \(prefix)"
      let byID = try entries(
        "SELECT public_id, name FROM organizations WHERE \(hasID) ORDER BY org_id LIMIT \(limit)")
      if !byID.isEmpty {
        let all = try count("SELECT count(*) FROM organizations WHERE \(hasID)")
        return OrganizationNames(byID: byID, byName: [], omitted: all - byID.count)
      }
      let named: SQL = """
        SELECT public_id, name FROM organizations
        WHERE substr(name, 1, length(\(prefix))) = \(prefix) GROUP BY name HAVING count(*) = 1
        """
      let byName = try entries("\(named) LIMIT \(limit)")
      let all = byName.count < limit ? byName.count : try count("SELECT count(*) FROM (\(named))")
      return OrganizationNames(byID: [], byName: byName, omitted: all - byName.count)
    }
  }
}
