import Everruns
import GRDB

/// Rows of a plan as they were when they were found, whatever is written since: a few in memory,
/// and as many as there are in a temporary table.
final class SpooledRows {
  private let db: Database
  /// Rows, as long as they are few.
  private var few: [SeedPlanRow] = []
  private(set) var count = 0

  /// How many rows are few.
  private static let limit = 500

  init(_ db: Database) throws {
    self.db = db
    try db.execute(sql: "DROP TABLE IF EXISTS temp.plan_rows")
  }

  func append(_ row: SeedPlanRow) throws {
    if count == Self.limit {
      try db.execute(
        sql: "CREATE TEMP TABLE plan_rows (number INTEGER PRIMARY KEY, row TEXT)")
      for (number, row) in few.enumerated() { try insert(row, number) }
      few = []
    }
    if count < Self.limit { few.append(row) } else { try insert(row, count) }
    count += 1
  }

  private func insert(_ row: SeedPlanRow, _ number: Int) throws {
    try db.cachedStatement(sql: "INSERT INTO temp.plan_rows VALUES (?, ?)")
      .execute(arguments: [number, row.stored.canonicalJSON])
  }

  /// The rows as they are handed out: those that are few by themselves, and more of them as long
  /// as the store lasts.
  func planRows(in store: SQLiteStore) -> SeedPlanRows {
    guard count > Self.limit else { return SeedPlanRows(few) }
    return SeedPlanRows(count: count) { range, body in
      try store.reading { try Self.read($0, in: range, body) }
    }
  }

  private static func read(
    _ db: Database, in range: Range<Int>, _ body: (SeedPlanRow) throws -> Void
  ) throws {
    let cursor = try String.fetchCursor(
      db, sql: "SELECT row FROM temp.plan_rows WHERE number >= ? AND number < ? ORDER BY number",
      arguments: [range.lowerBound, range.upperBound])
    while let text = try cursor.next() {
      if let row = (try? JSONValue(json: text)).flatMap(SeedPlanRow.init(stored:)) {
        try body(row)
      }
    }
  }
}
