import GRDB

/// The rows that one statement writes: some subjects of some organizations.
struct WriteRange {
  let subjects: ClosedRange<Int>
  let arguments: StatementArguments

  init(_ numbers: ClosedRange<Int>, subjects: ClosedRange<Int> = 0...Int.max) {
    self.subjects = subjects
    arguments = numbers.arguments + ["low": subjects.lowerBound, "high": subjects.upperBound]
  }

  /// The condition that a row of observations, `observed`, is in the range.
  static let contains =
    "observed.organization BETWEEN :first AND :last AND observed.subject BETWEEN :low AND :high"
}

extension Database {
  /// Counts what is to be written, before it is.
  ///
  /// - Parameters:
  ///   - counts: The name and the SQL aggregate of each count.
  ///   - source: The rest of the query, beginning with `FROM`.
  ///   - arguments: The arguments of the query.
  /// - Returns: The counts, as columns with these names.
  /// - Throws: `DatabaseError`.
  func plannedChanges(
    _ counts: [(name: String, sql: String)], _ source: String, _ arguments: StatementArguments
  ) throws -> Row {
    let columns = counts.map { "coalesce(\($0.sql), 0) AS \($0.name)" }.joined(separator: ", ")
    return try Row.fetchOne(
      cachedStatement(sql: "SELECT \(columns) \(source)"), arguments: arguments) ?? Row()
  }

  /// Checks that the last statement wrote as many rows as were decided.
  ///
  /// - Parameters:
  ///   - table: The table that was written, for errors.
  ///   - planned: The part of a query for that number after `SELECT`.
  ///   - arguments: The arguments of the query.
  /// - Throws: ``WriteRefusal`` if it did not.
  func expectChanges(
    in table: Table, _ planned: String, _ arguments: StatementArguments
  ) throws {
    let count = try Int.fetchOne(cachedStatement(sql: "SELECT \(planned)"), arguments: arguments)
    try expectChanges(count ?? 0, in: table)
  }
}
