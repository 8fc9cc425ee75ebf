/// A saved platform definition.
package struct SavedPlatform: Sendable, Hashable {
  /// The name.
  package let name: String
  /// The number of its latest revision.
  package let latestRevision: Int
  /// How many revisions there are.
  package let revisionCount: Int
}

extension SavedPlatform: ColumnDecodable {
  static let table = Table.platforms

  init(_ columns: StoredColumns) throws {
    name = try columns.text("name")
    latestRevision = try columns.integer("latest_revision")
    revisionCount = try columns.integer("revisions")
  }
}
