/// The rows of a plan, in order.
///
/// There may be more than fit into memory, so they are read one by one, from wherever they are, as
/// often as they are wanted.
package struct SeedPlanRows {
  /// How many there are, a folded one counted once.
  package let count: Int
  private let readRange: (Range<Int>, (SeedPlanRow) throws -> Void) throws -> Void

  /// Rows that are read by a function, which yields the same ones each time.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - read: Yields those whose numbers, counted from 0, are in a range.
  package init(
    count: Int, reading read: @escaping (Range<Int>, (SeedPlanRow) throws -> Void) throws -> Void
  ) {
    self.count = count
    readRange = read
  }

  /// Rows that are at hand.
  package init(_ rows: [SeedPlanRow]) {
    self.init(count: rows.count) { range, body in for row in rows[range] { try body(row) } }
  }

  /// Reads each row, in order.
  ///
  /// - Parameter range: The numbers of the wanted rows, counted from 0; all where none are given.
  /// - Throws: what the body throws, and what reading does.
  package func read(
    in range: Range<Int>? = nil, _ body: (SeedPlanRow) throws -> Void
  ) throws {
    try readRange(range ?? 0..<count, body)
  }

  /// The rows that a condition holds for, all at once.
  ///
  /// - Throws: what reading does.
  package func filter(_ isIncluded: (SeedPlanRow) -> Bool) throws -> [SeedPlanRow] {
    var rows: [SeedPlanRow] = []
    try read { row in
      if isIncluded(row) { rows.append(row) }
    }
    return rows
  }

  /// The rows that a filter holds, read one by one as these are.
  ///
  /// - Throws: what reading does.
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

  /// All rows at once.
  ///
  /// - Throws: what reading does.
  package func collected() throws -> [SeedPlanRow] { try filter { _ in true } }

  /// How many rows have each action.
  ///
  /// - Throws: what reading does.
  package func summary() throws -> SeedSummary {
    var summary = SeedSummary()
    try read { summary.count($0) }
    return summary
  }
}
