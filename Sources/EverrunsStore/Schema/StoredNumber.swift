/// Checked arithmetic on numbers that any program may have written.
enum StoredNumber {
  /// The numbers that count something: up to the greatest one that every reader of JSON holds
  /// exactly (RFC 8259, section 6).
  static let counts = 0...1 << 53

  /// The SQL condition under which an expression is a number that counts something.
  static func isCount(_ expression: String) -> String {
    "typeof(\(expression)) = 'integer' AND \(expression) BETWEEN 0 AND \(counts.upperBound)"
  }

  /// The successor of a stored number.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - step: The difference between both numbers.
  ///   - limit: The greatest number allowed.
  ///   - column: The column's name, for errors.
  /// - Returns: The sum of `number` and `step`.
  /// - Throws: ``NumbersUsedUp`` if the sum is greater than `limit` or overflows.
  static func next(
    after number: Int, by step: Int = 1, atMost limit: Int = .max, of column: String
  ) throws(NumbersUsedUp) -> Int {
    let (next, overflows) = number.addingReportingOverflow(step)
    guard !overflows, next <= limit else { throw NumbersUsedUp(column: column, number: number) }
    return next
  }
}

/// A number leaves no room for a greater one.
struct NumbersUsedUp: Error {
  let column: String
  let number: Int
}
