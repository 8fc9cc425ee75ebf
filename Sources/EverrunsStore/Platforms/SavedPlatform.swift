/// A saved platform definition.
public struct SavedPlatform: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// The number of its latest revision.
  public let latestRevision: Int
  /// How many revisions there are.
  public let revisionCount: Int
}

extension SavedPlatform: ColumnDecodable {
  static let table = Table.platforms

  init(_ columns: StoredColumns) throws {
    name = try columns.text("name")
    latestRevision = try columns.integer("latest_revision")
    revisionCount = try columns.integer("revisions")
  }
}
