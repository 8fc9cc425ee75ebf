extension JSONNumber {
  /// The number in a text, if the whole text is one by RFC 8259, section 6.
  init?(literal text: String) {
    let utf8 = text.utf8
    guard !utf8.isEmpty, Self.prefixLength(utf8) == utf8.count else { return nil }
    self.init(uncheckedLiteral: text)
  }

  /// The number of bytes at the start of a text that form a number; 0 if there is none.
  ///
  ///     number = [ "-" ] ( "0" / digit1-9 *digit ) [ "." 1*digit ] [ ("e" / "E") [sign] 1*digit ]
  @inline(__always)
  static func prefixLength<Text: Collection<UInt8>>(_ text: Text) -> Int {
    var index = text.startIndex
    var length = 0

    @inline(__always)
    func passes(_ byte: UInt8) -> Bool {
      guard index < text.endIndex, text[index] == byte else { return false }
      text.formIndex(after: &index)
      length += 1
      return true
    }
    @inline(__always)
    func passDigits() -> Int {
      let before = length
      while index < text.endIndex, text[index] &- UInt8(ascii: "0") <= 9 {
        text.formIndex(after: &index)
        length += 1
      }
      return length - before
    }

    _ = passes(UInt8(ascii: "-"))
    // A leading zero ends the integer part, so that the rest of `01` is not part of the number.
    guard passes(UInt8(ascii: "0")) || passDigits() > 0 else { return 0 }
    if passes(UInt8(ascii: ".")), passDigits() == 0 { return 0 }
    if passes(UInt8(ascii: "e")) || passes(UInt8(ascii: "E")) {
      _ = passes(UInt8(ascii: "+")) || passes(UInt8(ascii: "-"))
      if passDigits() == 0 { return 0 }
    }
    return length
  }
}
