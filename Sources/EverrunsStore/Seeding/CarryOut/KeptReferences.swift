import GRDB

/// The references of other programs' tables to the store's.
///
/// A run writes without foreign keys, so that it neither deletes nor changes a row of another
/// program. In exchange, no such row may lose the row that it refers to. In a store without
/// such tables, only the list of its keys is read.
struct KeptReferences {
  private let keys: [(key: ForeignKey, broken: Set<Broken>)]

  /// A reference to a row that does not exist, by the values of its columns.
  private struct Broken: Hashable {
    let values: [DatabaseValue]
    /// The condition that the row would satisfy.
    let row: String
  }

  /// Notes the references that are broken before a run.
  init(_ db: Database) throws {
    keys = try ForeignKey.all(db).filter(\.isOfOthers).map { key in
      (key, Set(try Self.broken(key, db)))
    }
  }

  /// Throws ``StoreError/rowInUse(table:row:by:)`` if a reference was broken since.
  func check(_ db: Database) throws {
    for (key, broken) in keys {
      guard let found = try Self.broken(key, db).first(where: { !broken.contains($0) }) else {
        continue
      }
      throw StoreError.rowInUse(table: key.target.name, row: found.row, by: key.table)
    }
  }

  private static func broken(_ key: ForeignKey, _ db: Database) throws -> [Broken] {
    let columns = zip(key.referringColumns, key.targetColumns)
      .map { "\($0) AS \($1.quotedIdentifier)" }
    let isGiven = key.referringColumns.map { "\($0) IS NOT NULL" }
    return try db.map(
      """
      SELECT DISTINCT \(columns.joined(separator: ", "))
      FROM \(key.table.quotedIdentifier) referring
      WHERE \(isGiven.joined(separator: " AND "))
        AND NOT EXISTS (SELECT 1 FROM \(key.target.name) target WHERE \(key.refers))
      """
    ) { row in
      Broken(
        values: key.targetColumns.map { row[$0] },
        row: key.targetColumns.map { "\($0) = \(row.literal($0))" }.joined(separator: " AND "))
    }
  }
}
