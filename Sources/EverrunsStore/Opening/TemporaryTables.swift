import GRDB

/// The temporary tables of a connection whose rows may be read later.
///
/// An unreferenced table is dropped when the next one is created: only then is it certain that no
/// statement is reading it.
struct TemporaryTables {
  /// Keeps a table alive as long as this object exists.
  final class Table {
    let name: String

    fileprivate init(name: String) {
      self.name = name
    }
  }

  private struct Entry {
    let name: String
    weak var table: Table?
  }

  private var entries: [Entry] = []
  private var created = 0

  /// Creates a table with a unique name.
  mutating func create(_ db: Database, columns: String) throws -> Table {
    for entry in entries where entry.table == nil {
      try db.execute(sql: "DROP TABLE IF EXISTS \(entry.name)")
    }
    entries.removeAll { $0.table == nil }
    created += 1
    let table = Table(name: "temp.kept_\(created)")
    try db.execute(sql: "CREATE TABLE \(table.name) (\(columns))")
    entries.append(Entry(name: table.name, table: table))
    return table
  }
}
