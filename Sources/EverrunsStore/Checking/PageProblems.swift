import GRDB

/// The damage that SQLite finds in the pages and indexes of a database.
enum PageProblems {
  /// One problem.
  struct Problem: Hashable {
    /// The table whose pages or indexes are damaged; `nil` if SQLite names none.
    let table: String?
    /// The key of the row, as an SQL condition; `nil` if SQLite names none.
    var row: String?
    /// The problem in SQLite's words.
    let text: String
  }

  /// Every problem, those of each table together.
  static func all(_ db: Database) throws -> [Problem] {
    let lines = try lines("PRAGMA integrity_check", db)
    guard !lines.isEmpty else { return [] }
    // SQLite does not say which table a page belongs to.
    let ofTables = try tables(db).flatMap { table in
      try self.lines("PRAGMA integrity_check(\(table.quotedIdentifier))", db)
        .map { (table: table, line: $0) }
    }
    let known = Set(ofTables.map(\.line))
    return ofTables.map { problem($0.line, in: $0.table, db) }
      + lines.filter { !known.contains($0) }.map { Problem(table: nil, text: $0) }
  }

  /// The problem in a line about a table, which may begin with the position of a row.
  private static func problem(_ line: String, in table: String, _ db: Database) -> Problem {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3, words[0] == "row", let position = Int(words[1]),
      let key = try? key(ofRow: position, in: table, db)
    else { return Problem(table: table, text: line) }
    return Problem(table: table, row: key, text: String(words[2]))
  }

  /// The key of a row at a position, counted from 1 in the order of the table itself.
  private static func key(
    ofRow position: Int, in table: String, _ db: Database
  ) throws -> String? {
    let ours = Schema.table(named: table)
    return try db.mapFirst(
      """
      SELECT \(ours?.selection() ?? "rowid") FROM \(table.quotedIdentifier) NOT INDEXED
      LIMIT 1 OFFSET ?
      """, [position - 1]
    ) { row in ours?.key(of: row) ?? "rowid = \(row.integer("rowid"))" }
  }

  /// The first problem; `nil` if there is none.
  static func first(_ db: Database) throws -> String? {
    try lines("PRAGMA integrity_check(1)", db).first
  }

  private static func tables(_ db: Database) throws -> [String] {
    try db.map("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0") {
      $0.text("name") ?? ""
    }
  }

  /// What a check finds, line by line.
  ///
  /// It may end with an error, because of the damage that it has named or before it names any.
  ///
  /// - Throws: An error that is not about damage, such as that a collation of another program is
  ///   missing.
  private static func lines(_ check: String, _ db: Database) throws -> [String] {
    var texts: [String] = []
    do {
      let rows = try Row.fetchCursor(db, sql: check)
      while let row = try rows.next() { texts.append(row.text("integrity_check") ?? "") }
    } catch let error as DatabaseError
      where error.isOfUnusableFile && !error.isOfMissingCollation
    {
      // The check computes the columns of other programs, too.
      let isOfOthers =
        try error.resultCode == .SQLITE_ERROR && !OtherPrograms.uncomputableColumns(db).isEmpty
      if texts.isEmpty, !isOfOthers { texts.append(error.message ?? "\(error.resultCode)") }
    }
    return texts.flatMap { $0.split(separator: "\n") }
      .filter { $0 != "ok" && !$0.hasPrefix("*** in database ") }.map(String.init)
  }
}
