import GRDB

/// The temporary tables of a connection with the rows of plans, which may be read later.
///
/// An unreferenced table is emptied and used again. It is not dropped: SQLite refuses that while any
/// statement is running (sqlite.org/rescode.html, "SQLITE_LOCKED"), and one is, since rows are kept
/// while the comparison yields them.
struct TemporaryTables {
  /// Keeps the rows of a table as long as this object exists.
  final class Table {
    let name: String

    fileprivate init(name: String) {
      self.name = name
    }
  }

  private struct Entry {
    weak var table: Table?
  }

  private var entries: [Entry] = []

  /// An empty table of numbered documents: `number INTEGER PRIMARY KEY, document TEXT`.
  mutating func empty(_ db: Database) throws -> Table {
    let index = entries.firstIndex { $0.table == nil } ?? entries.count
    let table = Table(name: "temp.kept_\(index + 1)")
    // A transaction that was rolled back has taken the tables that it created with it.
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS \(table.name) (number INTEGER PRIMARY KEY, document TEXT);
        DELETE FROM \(table.name)
        """)
    if index == entries.count { entries.append(Entry()) }
    entries[index].table = table
    return table
  }
}
