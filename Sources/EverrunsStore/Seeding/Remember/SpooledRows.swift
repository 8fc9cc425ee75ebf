import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// A snapshot of a plan's rows: in memory while they are few, else in a temporary table.
///
/// The rows can be read as long as this object exists and the store is open, even after later
/// comparisons and writes.
final class SpooledRows {
  private let db: Database
  private let store: SQLiteStore
  private var few: [SeedPlanRow] = []
  private var table: TemporaryTables.Table?
  private var insertion: Statement?
  private var count = 0

  /// How many rows are kept in memory.
  private static let limit = 500

  init(_ db: Database, in store: SQLiteStore) {
    self.db = db
    self.store = store
  }

  func append(_ row: SeedPlanRow) throws {
    if count == Self.limit {
      let table = try store.temporaryTables.empty(db)
      insertion = try db.makeStatement(
        sql: "INSERT INTO \(table.name) (number, document) VALUES (?, ?)")
      self.table = table
      for (number, row) in few.enumerated() { try insert(row, number) }
      few = []
    }
    if count < Self.limit { few.append(row) } else { try insert(row, count) }
    count += 1
  }

  private func insert(_ row: SeedPlanRow, _ number: Int) throws {
    try insertion?.execute(arguments: [number, row.document.canonicalJSON])
  }

  /// The rows, for a plan.
  var planRows: SeedPlanRows {
    guard let table else { return SeedPlanRows(few) }
    return SeedPlanRows(count: count) { [store] range, body in
      try store.read { try Self.read($0, table, range, body) }.get()
    }
  }

  /// - Returns: The error that the body threw, if any.
  private static func read(
    _ db: Database, _ table: TemporaryTables.Table, _ range: Range<Int>,
    _ body: (SeedPlanRow) throws -> Void
  ) throws -> Result<Void, any Error> {
    let cursor = try String.fetchCursor(
      db,
      sql: "SELECT document FROM \(table.name) WHERE number >= ? AND number < ? ORDER BY number",
      arguments: [range.lowerBound, range.upperBound])
    while let text = try cursor.next() {
      let row = try SeedPlanRow(reading: text)
      do { try body(row) } catch { return .failure(error) }
    }
    return .success(())
  }
}
