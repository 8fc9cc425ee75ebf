import GRDB

/// The references of other programs' tables to the store's.
///
/// A run writes without foreign keys, so that it neither deletes nor changes a row of another
/// program. In exchange, no such row may lose the row that it refers to. In a store without
/// such tables, only the list of its keys is read.
struct KeptReferences {
  private let keys: [(key: ForeignKey, dangling: Set<ForeignKey.Dangling>)]

  /// Notes the references that are broken before a run.
  init(_ db: Database) throws {
    keys = try ForeignKey.all(db).filter(\.isOfOthers).map { key in
      (key, Set(try key.dangling(db)))
    }
  }

  /// Throws ``StoreError/rowInUse(table:row:by:)`` if a reference was broken since.
  func check(_ db: Database) throws {
    for (key, dangling) in keys {
      guard let found = try key.dangling(db).first(where: { !dangling.contains($0) }) else {
        continue
      }
      throw StoreError.rowInUse(table: key.target.name, row: found.target, by: key.table)
    }
  }
}
