/// What an unquoted YAML scalar means.
///
/// YAML 1.2's core schema, made exact: a number is what JSON calls a number, and what only some
/// versions of YAML do (`0x1F`, `1_000`, `.inf`, `012`) is not guessed at. `yes`, `off` and dates are
/// text, as in YAML 1.2.
enum YAMLScalar {
  /// The value of a plain scalar; `nil` if it is a number to some readers and not to others.
  static func content(ofPlain text: String) -> SourceNode.Content? {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    switch text.utf8.first ?? 0 {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      if let number = JSONNumber(literal: text) { return .number(number) }
      return isNumberElsewhere(text) ? nil : .string(text)
    default:
      return .string(text)
    }
  }

  /// Whether the integer or float of YAML 1.1 or 1.2 matches: sign, underscores, other bases,
  /// leading zeros, a bare point, infinity.
  ///
  /// The base 60 of YAML 1.1 is left out: readers have dropped it, and times (`12:30`) are
  /// common.
  private static func isNumberElsewhere(_ text: String) -> Bool {
    var digits = text.lowercased()[...]
    let isSigned = digits.first == "-" || digits.first == "+"
    if isSigned { digits.removeFirst() }
    if digits == ".inf" || (digits == ".nan" && !isSigned) { return true }

    guard digits.first?.isASCIIDigit == true || digits.first == "." else { return false }
    digits.removeAll { $0 == "_" }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      return digits.count > 2
        && digits.dropFirst(2).allSatisfy { $0.isASCII && ($0.hexDigitValue ?? 16) < radix }
    }

    let whole = digits.prefix(while: \.isASCIIDigit)
    digits.removeFirst(whole.count)
    var fraction: Substring = ""
    if digits.first == "." {
      digits.removeFirst()
      fraction = digits.prefix(while: \.isASCIIDigit)
      digits.removeFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return false }
    guard digits.first == "e" else { return digits.isEmpty }
    digits.removeFirst()
    if digits.first == "-" || digits.first == "+" { digits.removeFirst() }
    return !digits.isEmpty && digits.allSatisfy(\.isASCIIDigit)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) && isASCII }
}
