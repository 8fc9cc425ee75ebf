/// The rows of a plan, in order.
///
/// They may not fit into memory, so they are read one by one, as often as needed.
package struct SeedPlanRows {
  /// The number of rows; a folded row counts once.
  package let count: Int
  private let readRange: (Range<Int>, (SeedPlanRow) throws -> Void) throws -> Void

  /// Creates rows from a function, which yields the same ones each time.
  ///
  /// - Parameters:
  ///   - count: The number of rows.
  ///   - read: Yields the rows in a range of positions, counted from 0.
  package init(
    count: Int, reading read: @escaping (Range<Int>, (SeedPlanRow) throws -> Void) throws -> Void
  ) {
    self.count = count
    readRange = read
  }

  /// Creates rows from an array.
  package init(_ rows: [SeedPlanRow]) {
    self.init(count: rows.count) { range, body in for row in rows[range] { try body(row) } }
  }

  /// Calls `body` with each row, in order.
  ///
  /// - Parameters:
  ///   - range: The positions of the rows to read, counted from 0; `nil` for all.
  ///   - body: Called with each row; an error that it throws ends the reading.
  /// - Throws: The error that `body` throws, and errors of reading.
  package func read(
    in range: Range<Int>? = nil, _ body: (SeedPlanRow) throws -> Void
  ) throws {
    try readRange(range ?? 0..<count, body)
  }

  /// The rows that satisfy a condition, in memory.
  ///
  /// - Throws: Errors of reading.
  package func filter(_ isIncluded: (SeedPlanRow) -> Bool) throws -> [SeedPlanRow] {
    var rows: [SeedPlanRow] = []
    try read { row in
      if isIncluded(row) { rows.append(row) }
    }
    return rows
  }

  /// The rows that match a filter, read one by one.
  ///
  /// - Throws: Errors of reading.
  package func filtered(by filter: SeedRowFilter) throws -> SeedPlanRows {
    var count = 0
    try read { if filter.includes($0) { count += 1 } }
    return SeedPlanRows(count: count) { range, body in
      var number = 0
      try read { row in
        guard filter.includes(row) else { return }
        defer { number += 1 }
        if range.contains(number) { try body(row) }
      }
    }
  }

  /// All rows, in memory.
  ///
  /// - Throws: Errors of reading.
  package func collected() throws -> [SeedPlanRow] { try filter { _ in true } }

  /// How many rows have each action.
  ///
  /// - Throws: Errors of reading.
  package func summary() throws -> SeedSummary {
    var summary = SeedSummary()
    try read { summary.count($0) }
    return summary
  }
}
