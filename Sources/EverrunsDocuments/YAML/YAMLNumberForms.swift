import Messages

/// The forms of numbers and dates in YAML 1.1 and 1.2 that JSON does not have.
///
/// The forms are those of yaml.org/type/int.html, float.html and timestamp.html, and of YAML 1.2,
/// section 10.3.2.
enum YAMLNumberForms {
  /// The interpretation of a plain text that begins with a digit, a sign or a point and is not a
  /// JSON number.
  static func meaning(_ text: String) -> YAMLScalar.Meaning {
    let bytes = Array(text.utf8)
    if isDate(bytes) { return .ambiguous(.date) }
    let isSigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
    let digits = isSigned ? bytes.dropFirst() : bytes[...]
    let word = String(decoding: digits, as: UTF8.self).lowercased()
    if word == ".inf" || (word == ".nan" && !isSigned) { return .notJSON(decimal: nil) }
    guard let first = digits.first, first.isASCIIDigit || first == UInt8(ascii: ".") else {
      return .agreed(.string(text))
    }
    if isInAnotherBase(digits) || isSexagesimal(digits) { return .ambiguous(.number) }
    let plain = digits.filter { $0 != UInt8(ascii: "_") }
    guard isDecimal(plain[...]) else { return .agreed(.string(text)) }
    // A leading zero makes it octal; some readers do not support exponents or `_`.
    let hasLeadingZero =
      plain.count > 1 && plain[0] == UInt8(ascii: "0") && plain[1].isASCIIDigit
    let hasExponent = plain.contains { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    if plain.count < digits.count || hasLeadingZero || hasExponent { return .ambiguous(.number) }
    return .notJSON(decimal: decimal(plain, isNegative: bytes.first == UInt8(ascii: "-")))
  }

  /// The JSON form of a number that begins or ends with a point, or has a plus sign.
  private static func decimal(_ digits: [UInt8], isNegative: Bool) -> String {
    var text = String(decoding: digits, as: UTF8.self)
    if text.hasPrefix(".") { text = "0" + text }
    if text.hasSuffix(".") { text += "0" }
    return (isNegative ? "-" : "") + text
  }

  /// `0x1F`, `0o17`, `0b11`.
  private static func isInAnotherBase(_ digits: ArraySlice<UInt8>) -> Bool {
    let word = digits.filter { $0 != UInt8(ascii: "_") }.map { $0 | 0x20 }
    guard word.count > 2, digits.first == UInt8(ascii: "0") else { return false }
    let rest = word[2...]
    return switch word[1] {
    case UInt8(ascii: "x"): rest.allSatisfy(\.isHexadecimal)
    case UInt8(ascii: "o"): rest.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
    case UInt8(ascii: "b"): rest.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "1")).contains($0) }
    default: false
    }
  }

  /// `12:30:45`, which is 45045 to YAML 1.1, and `1:30.5`.
  private static func isSexagesimal(_ digits: ArraySlice<UInt8>) -> Bool {
    let point = digits.firstIndex(of: UInt8(ascii: "."))
    let whole = digits[..<(point ?? digits.endIndex)]
    if let point {
      guard digits[(point + 1)...].allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: "_") }) else {
        return false
      }
    }
    let parts = whole.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let digit = first.first, digit.isASCIIDigit,
      point != nil || digit != UInt8(ascii: "0"),
      first.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: "_") })
    else { return false }
    return parts.dropFirst().allSatisfy { part in
      (1...2).contains(part.count) && part.allSatisfy(\.isASCIIDigit)
        && (part.count == 1 || part[part.startIndex] <= UInt8(ascii: "5"))
    }
  }

  /// Digits with a point or an exponent.
  private static func isDecimal(_ digits: ArraySlice<UInt8>) -> Bool {
    var rest = digits
    func passDigits() -> Int {
      let count = rest.prefix(while: \.isASCIIDigit).count
      rest = rest.dropFirst(count)
      return count
    }
    var count = passDigits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      count += passDigits()
    }
    guard count > 0 else { return false }
    guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else {
      return rest.isEmpty
    }
    rest = rest.dropFirst()
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      rest = rest.dropFirst()
    }
    return passDigits() > 0 && rest.isEmpty
  }

  /// `2024-01-31`, and with a time `2024-1-31 12:30:00`.
  private static func isDate(_ bytes: [UInt8]) -> Bool {
    let day = bytes.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    let parts = day.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, (1...2).contains(parts[1].count),
      (1...2).contains(parts[2].count)
    else { return false }
    let rest = bytes.dropFirst(day.count)
    guard let separator = rest.first else { return parts[1].count == 2 && parts[2].count == 2 }
    guard separator | 0x20 == UInt8(ascii: "t") || separator.isYAMLBlank else { return false }
    let time = rest.dropFirst().drop { $0.isYAMLBlank }
    let hour = time.prefix(while: \.isASCIIDigit)
    return (1...2).contains(hour.count) && time.dropFirst(hour.count).first == UInt8(ascii: ":")
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool {
    isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}
