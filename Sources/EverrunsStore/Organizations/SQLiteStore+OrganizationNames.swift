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
  ///
  /// The last two of a list that is cut are the first and the last of all in the order of bytes:
  /// shells insert what the words of a list have in common, and these have no more of it than all.
  package let byID: [Entry]
  /// If there are none, those with unique names that have the prefix, ordered by name and cut in
  /// the same way.
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
      /// The organizations of a query, and how many more there are.
      func cut(
        _ query: SQL, orderedBy order: SQL, word: SQL
      ) throws -> (list: [OrganizationNames.Entry], omitted: Int) {
        let list = try entries("\(query) ORDER BY \(order) LIMIT \(limit)")
        guard list.count == limit else { return (list, 0) }
        let all = try count("SELECT count(*) FROM (\(query))")
        guard all > limit else { return (list, 0) }
        let ends =
          try entries("\(query) ORDER BY \(word) LIMIT 1")
          + entries("\(query) ORDER BY \(word) DESC LIMIT 1")
        let begun = list.filter { !ends.contains($0) }.prefix(max(0, limit - ends.count))
        return (begun + ends, all - begun.count - ends.count)
      }
      let byID = try cut(
        """
        SELECT public_id, name FROM organizations
        WHERE substr(public_id, 1, length(\(prefix))) = \(prefix)
        """, orderedBy: "org_id", word: "public_id")
      if !byID.list.isEmpty {
        return OrganizationNames(byID: byID.list, byName: [], omitted: byID.omitted)
      }
      let byName = try cut(
        """
        SELECT public_id, name FROM organizations
        WHERE substr(name, 1, length(\(prefix))) = \(prefix) GROUP BY name HAVING count(*) = 1
        """, orderedBy: "name", word: "name")
      return OrganizationNames(byID: [], byName: byName.list, omitted: byName.omitted)
    }
  }
}
