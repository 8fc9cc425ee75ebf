import Everruns
import EverrunsDocuments
import GRDB

extension SQLiteStore {
  /// The origin of a revision of a saved definition, if it was recorded.
  package func origin(
    of name: String, revision: Int
  ) throws(StoreError) -> PlatformOrigin? {
    try read { db in
      // Reading does not migrate a store of an older version.
      guard try db.tableExists(Table.platformOrigins.name) else { return nil }
      let query: SQL = """
        SELECT preset, grade, document FROM platform_origins
        WHERE name = \(name) AND revision <= \(revision) ORDER BY revision DESC LIMIT 1
        """
      return try query.mapFirst(db) { row -> PlatformOrigin? in
        let columns = StoredColumns(row, of: .platformOrigins)
        guard let document = try columns.optionalText("document") else { return nil }
        return PlatformOrigin(
          preset: try columns.optionalText("preset"),
          grade: try columns.optionalText("grade").flatMap(Grade.init(rawValue:)),
          definition: try self.originalDefinition(in: document, of: name, revision))
      } ?? nil
    }
  }

  private func originalDefinition(
    in document: String, of name: String, _ revision: Int
  ) throws(StoreError) -> PlatformDefinition {
    do {
      return try definition(in: document, of: name, revision)
    } catch {
      throw .damaged(location, reason: "the origin of \(name)@\(revision) cannot be read")
    }
  }

  /// Records the origin of a revision and of those after it, in place of what is left of revisions
  /// that are gone.
  func remember(
    _ update: OriginUpdate, of name: String, since revision: Int, _ db: Database
  ) throws {
    try db.execute(
      literal: "DELETE FROM platform_origins WHERE name = \(name) AND revision >= \(revision)")
    guard case .replace(let origin) = update else { return }
    try db.insert(
      [
        "name": name, "revision": revision, "preset": origin?.preset,
        "grade": origin?.grade?.rawValue,
        "document": origin?.definition.document.canonicalJSON,
      ], into: .platformOrigins)
  }
}
