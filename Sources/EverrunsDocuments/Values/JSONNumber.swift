/// A JSON number, held as the text it was written as.
public struct JSONNumber: Sendable, Hashable {
  /// The number's text, in the grammar of RFC 8259, section 6.
  public let literal: String

  /// A number from an integer.
  public init(_ value: Int) {
    literal = String(value)
  }

  /// A number from a floating-point number; `nil` for an infinity and for what is not a number.
  ///
  /// A whole number is written without a fraction, anything else with as few digits as tell it from
  /// its neighbors.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      self.init(whole)
    } else {
      self.init(uncheckedLiteral: "\(value)")
    }
  }

  /// A number whose text a reader has already checked.
  init(uncheckedLiteral literal: String) {
    self.literal = literal
  }

  /// The number as an integer; `nil` where it has a fraction, an exponent, or too many digits.
  public var integer: Int? { Int(literal) }
}
