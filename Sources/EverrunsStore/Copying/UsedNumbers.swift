import GRDB

/// The numbers used by a store, which must not be used again.
struct UsedNumbers {
  private(set) var serial = 0
  private(set) var highestOrganization: Int?
  private(set) var revisions: [(name: String, number: Int)] = []

  /// Those of a store that cannot be read.
  init() {}

  /// Reads what can be read: the store may be damaged.
  init(_ db: Database) {
    serial = (try? StateRow.usableSerial(db)) ?? 0
    highestOrganization =
      (try? OrganizationNumbers.remembered(db)) ?? (try? OrganizationNumbers.shown(db))
    let query: SQL = """
      SELECT name, latest_revision FROM platforms
      WHERE typeof(name) = 'text' AND typeof(latest_revision) = 'integer'
      """
    revisions =
      (try? query.map(db) { row in
        (name: row.text("name") ?? "", number: row.integer("latest_revision"))
      }) ?? []
  }
}
