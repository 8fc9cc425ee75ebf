import GRDB

/// Some of the organizations, by what somebody has typed of them.
package struct OrganizationNames: Sendable, Equatable {
  /// An organization by its id and its name.
  package struct Entry: Sendable, Equatable {
    /// The public id.
    package let publicID: String
    /// The name.
    package let name: String
  }

  /// The organizations whose public ids begin so; by number.
  package let byID: [Entry]
  /// Where there are none, those whose names begin so and which no other has; by name.
  package let byName: [Entry]
  /// How many there are beside those.
  package let omitted: Int
}

extension SQLiteStore {
  /// The organizations whose public ids begin with a text, or else whose names do.
  ///
  /// - Parameter limit: How many are wanted at the most.
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
