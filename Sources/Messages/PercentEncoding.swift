extension [UInt8] {
  /// The bytes percent-encoded, except ASCII letters and digits and some other characters:
  /// RFC 3986, section 2.1.
  ///
  /// - Parameter kept: The other ASCII characters that are not encoded.
  /// - Returns: Text in ASCII.
  package func percentEncoded(keeping kept: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in self {
      if byte.isASCIILetterOrDigit || kept.utf8.contains(byte) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}

extension String {
  /// The text in UTF-8, percent-encoded in the same way.
  package func percentEncoded(keeping kept: String) -> String {
    Array(utf8).percentEncoded(keeping: kept)
  }
}
