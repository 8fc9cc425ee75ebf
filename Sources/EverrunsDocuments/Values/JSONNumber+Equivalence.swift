extension JSONNumber {
  /// Whether both numbers have the same value, such as `10`, `1e1` and `10.0`.
  ///
  /// The comparison is exact for any number of digits and any exponent.
  func isEquivalent(to other: JSONNumber) -> Bool {
    literal.hasSameBytes(as: other.literal) || Decimal(literal) == Decimal(other.literal)
  }

  /// The number as an integer, whatever its spelling: `1.0` and `10e-1` are 1 (JSON Schema 2020-12,
  /// validation, 6.1.1); `nil` for a fraction or a number out of range.
  package var wholeNumber: Int? {
    if let integer { return integer }
    guard let value = Double(literal), let whole = Int(exactly: value),
      isEquivalent(to: JSONNumber(whole))
    else { return nil }
    return whole
  }
}

/// A number as digits without leading and trailing zeros, and a power of ten.
private struct Decimal: Equatable {
  let isNegative: Bool
  let digits: [UInt8]
  let exponent: DecimalExponent

  /// The value of a text in JSON's grammar of numbers.
  ///
  /// Zero has one representation, whatever its exponent.
  init(_ literal: String) {
    let parts = literal.utf8.split { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    let mantissa = parts.first ?? Substring("").utf8
    let hasSign = mantissa.first == UInt8(ascii: "-")
    let halves = (hasSign ? mantissa.dropFirst() : mantissa).split(separator: UInt8(ascii: "."))
    let all = Array(halves.joined())
    let endsAt = (all.lastIndex { $0 != UInt8(ascii: "0") } ?? -1) + 1
    digits = Array(all[..<endsAt].drop { $0 == UInt8(ascii: "0") })
    guard !digits.isEmpty else {
      isNegative = false
      exponent = DecimalExponent("0".utf8, plus: 0)
      return
    }
    let fraction = halves.count == 2 ? halves[1].count : 0
    isNegative = hasSign
    exponent = DecimalExponent(
      parts.count == 2 ? Array(parts[1]) : [], plus: all.count - endsAt - fraction)
  }
}

/// An integer of any size, which cannot overflow.
private struct DecimalExponent: Equatable {
  private static let base = 1_000_000_000

  /// Nine decimal digits per limb, least significant first, none negative.
  private var limbs: [Int] = []
  /// The sign extension above the limbs: 0, or -1 for a negative number.
  private let sign: Int

  /// The sum of a decimal number with an optional sign, and another integer.
  init(_ text: some BidirectionalCollection<UInt8>, plus summand: Int) {
    let factor = text.first == UInt8(ascii: "-") ? -1 : 1
    let digits = text.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }
    var carry = summand
    var end = digits.count
    while end > 0 || (carry != 0 && carry != -1) {
      let start = max(0, end - 9)
      let value = digits[start..<end].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      let sum = factor * value + carry % Self.base
      // Rounded down, so that the remainder is never negative.
      let quotient = sum >= 0 ? sum / Self.base : -((-sum - 1) / Self.base) - 1
      limbs.append(sum - quotient * Self.base)
      carry = carry / Self.base + quotient
      end = start
    }
    sign = carry
    let filler = sign == 0 ? 0 : Self.base - 1
    while limbs.last == filler { limbs.removeLast() }
  }
}
