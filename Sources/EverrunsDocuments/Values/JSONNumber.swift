/// A JSON number, kept as written.
public struct JSONNumber: Sendable, Hashable {
  /// The number's text, in the grammar of RFC 8259, section 6.
  public let literal: String

  /// Creates a number from an integer.
  public init(_ value: Int) {
    literal = String(value)
  }

  /// Creates a number from a `Double`; `nil` for infinities and NaN.
  ///
  /// An integer has no fraction; any other number has the fewest digits that distinguish it from
  /// its neighbors.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      self.init(whole)
    } else {
      self.init(uncheckedLiteral: "\(value)")
    }
  }

  /// Creates a number from text that a reader has validated.
  init(uncheckedLiteral literal: String) {
    self.literal = literal
  }

  /// The number as an integer; `nil` if it has a fraction, an exponent, or is out of range.
  public var integer: Int? { Int(literal) }
}
