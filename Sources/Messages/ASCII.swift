extension UInt8 {
  /// Whether the byte is a digit in ASCII.
  package var isASCIIDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  /// Whether the byte is one of the letters `a` to `z` in ASCII.
  package var isLowercaseASCIILetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }

  /// Whether the byte is a letter or a digit in ASCII.
  package var isASCIILetterOrDigit: Bool {
    isASCIIDigit || isLowercaseASCIILetter || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
  }

  /// Whether the byte is a lower-case hexadecimal digit in ASCII.
  package var isHexadecimalDigit: Bool {
    isASCIIDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
  }
}

extension [UInt8] {
  /// The bytes as lower-case hexadecimal digits, two for each.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in self {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
