import GRDB

/// A foreign key of a table, of whichever program, to a table of the store.
struct ForeignKey {
  /// The table that has the key.
  let table: String
  /// Its columns, and the columns that they refer to, in the same order.
  let columns: [String]
  let targetColumns: [String]
  let target: Table
  /// What happens to the row when the row that it refers to is deleted, such as `CASCADE`.
  let onDelete: String

  /// Whether another program added the key, to a table of its own or to one of the store's.
  var isOfOthers: Bool {
    guard let table = Schema.table(named: table.lowercased()), columns.count == 1 else {
      return true
    }
    return !table.references.contains {
      $0.column.name == columns[0].lowercased() && $0.table == target.name
    }
  }

  /// The keys to the store's tables; those that name a column that does not exist have no effect.
  static func all(_ db: Database) throws -> [ForeignKey] {
    let columns = try db.map(
      """
      SELECT tables.name, key.id, key."from", lower(key."table") AS target, key."to",
        key.on_delete, key."to" IS NULL OR EXISTS (
          SELECT 1 FROM pragma_table_xinfo(key."table") there
          WHERE there.name = key."to" COLLATE NOCASE) AS is_known
      FROM sqlite_schema tables JOIN pragma_foreign_key_list(tables.name) key
      WHERE tables.type = 'table' ORDER BY tables.name, key.id, key.seq
      """
    ) { row in
      (
        table: row.text("name") ?? "", id: row.integer("id"), from: row.text("from") ?? "",
        target: row.text("target") ?? "", to: row.text("to"),
        onDelete: row.text("on_delete") ?? "", isKnown: row.integer("is_known") == 1
      )
    }
    var keys: [ForeignKey] = []
    var rest = columns[...]
    while let first = rest.first {
      let key = rest.prefix { $0.table == first.table && $0.id == first.id }
      rest = rest.dropFirst(key.count)
      guard let target = Schema.table(named: first.target),
        key.allSatisfy(\.isKnown)
      else { continue }
      // Without columns, a key refers to the primary key.
      let named = key.compactMap(\.to)
      let targetColumns = named.isEmpty ? target.keyColumns : named
      guard targetColumns.count == key.count else { continue }
      keys.append(
        ForeignKey(
          table: first.table, columns: key.map(\.from), targetColumns: targetColumns,
          target: target, onDelete: first.onDelete))
    }
    return keys
  }

  /// Its columns, in SQL, of the row `referring`.
  var referringColumns: [String] { columns.map { "referring.\($0.quotedIdentifier)" } }

  /// The columns that they refer to, in SQL, of the row with an alias.
  func referredColumns(of alias: String = "target") -> [String] {
    targetColumns.map { "\(alias).\($0.quotedIdentifier)" }
  }

  /// The condition that the row `referring` refers to the row `target`.
  var refers: String {
    zip(referredColumns(), referringColumns).map { "\($0) = \($1)" }.joined(separator: " AND ")
  }

  /// A reference to a row that does not exist, by the values of its columns.
  struct Dangling: Hashable {
    let values: [DatabaseValue]
    /// The condition that the referring rows satisfy.
    let referring: String
    /// The condition that the row would satisfy.
    let target: String
  }

  /// The references to rows that do not exist, each once.
  func dangling(_ db: Database) throws -> [Dangling] {
    let values = zip(referringColumns, columns).map { "\($0) AS \($1.quotedIdentifier)" }
    let areGiven = referringColumns.map { "\($0) IS NOT NULL" }
    return try db.map(
      """
      SELECT DISTINCT \(values.joined(separator: ", "))
      FROM \(table.quotedIdentifier) referring
      WHERE \(areGiven.joined(separator: " AND "))
        AND NOT EXISTS (SELECT 1 FROM \(target.name) target WHERE \(refers))
      """
    ) { row in
      func condition(_ names: [String]) -> String {
        zip(names, columns).map { "\($0) = \(row.literal($1))" }.joined(separator: " AND ")
      }
      return Dangling(
        values: columns.map { row[$0] }, referring: condition(columns.map(\.quotedIdentifier)),
        target: condition(targetColumns))
    }
  }
}
