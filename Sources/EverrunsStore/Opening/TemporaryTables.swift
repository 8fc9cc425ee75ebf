import GRDB

/// The temporary tables of a connection whose content may be read later.
///
/// A table is dropped when another one is created and nothing refers to it any more: only then is it
/// certain that no statement is reading it.
struct TemporaryTables {
  /// A table that lasts at least as long as this object.
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

  /// Creates a table with a name that no other one has had.
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
