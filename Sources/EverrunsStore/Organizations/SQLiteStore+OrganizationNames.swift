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
  /// shells insert the common prefix of a list, so it must not be longer than that of all matches.
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
      /// The organizations whose word begins with the prefix, by that word if no other order is
      /// given, and how many more there are.
      func cut(
        by word: SQL, _ condition: SQL = "", orderedBy order: SQL? = nil
      ) throws -> (list: [OrganizationNames.Entry], omitted: Int) {
        // No text with the prefix is greater: this is the greatest scalar, which no text contains.
        // An index finds a range, and a scan compares it faster than beginnings.
        let source: SQL = """
          FROM organizations
          WHERE \(word) >= \(prefix) AND \(word) < \(prefix + "\u{10FFFF}")
          """
        let query: SQL = "SELECT public_id, name \(source) \(condition)"
        let list = try entries("\(query) ORDER BY \(order ?? word) LIMIT \(limit)")
        guard list.count == limit else { return (list, 0) }
        // Those that the condition leaves out are counted as well: to find them takes much longer.
        let all = try SQLRequest<Int>(literal: "SELECT count(*) \(source)").fetchOne(db) ?? 0
        guard all > limit else { return (list, 0) }
        let ends =
          try (order == nil ? Array(list.prefix(1)) : entries("\(query) ORDER BY \(word) LIMIT 1"))
          + entries("\(query) ORDER BY \(word) DESC LIMIT 1")
        let begun = list.filter { !ends.contains($0) }.prefix(max(0, limit - ends.count))
        return (begun + ends, all - begun.count - ends.count)
      }
      let byID = try cut(by: "public_id", orderedBy: "org_id")
      if !byID.list.isEmpty {
        return OrganizationNames(byID: byID.list, byName: [], omitted: byID.omitted)
      }
      let byName = try cut(by: "name", "GROUP BY name HAVING count(*) = 1")
      return OrganizationNames(byID: [], byName: byName.list, omitted: byName.omitted)
    }
  }
}
