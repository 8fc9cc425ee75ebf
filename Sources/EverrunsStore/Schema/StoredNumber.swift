/// Arithmetic on numbers into which any program may have written anything.
enum StoredNumber {
  /// The number after one that a store holds.
  ///
  /// - Parameters:
  ///   - limit: The greatest number that is given.
  ///   - column: The column that errors name.
  static func next(
    after number: Int, by step: Int = 1, atMost limit: Int = .max, of column: String
  ) throws(NumbersUsedUp) -> Int {
    let (next, overflows) = number.addingReportingOverflow(step)
    guard !overflows, next <= limit else { throw NumbersUsedUp(column: column, number: number) }
    return next
  }
}

/// The error that a number leaves no room for a greater one.
struct NumbersUsedUp: Error {
  let column: String
  let number: Int
}
