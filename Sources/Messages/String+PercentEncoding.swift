extension String {
  /// The text percent-encoded, except ASCII letters and digits and some other characters: RFC 3986,
  /// section 2.1.
  ///
  /// - Parameter kept: The other ASCII characters that are not encoded.
  /// - Returns: The encoded text, in ASCII.
  package func percentEncoded(keeping kept: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = utf8.flatMap { byte -> [UInt8] in
      byte.isASCIILetterOrDigit || kept.utf8.contains(byte)
        ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
