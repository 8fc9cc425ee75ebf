extension JSONParser {
  /// The position up to which a string has been scanned.
  private struct Scan {
    var cursor: Int
    var continuations = 0
    var isASCII = true
  }

  /// Reads the string whose opening quote is at `index`.
  mutating func string() throws(DocumentSyntaxError) -> String {
    let opening = index
    var scan = Scan(cursor: index + 1)
    passPlainText(&scan)
    guard scan.cursor < end else { throw unended(from: opening) }
    guard bytes[scan.cursor] == UInt8(ascii: "\"") else {
      return try stringWithEscapes(opening: opening, scan)
    }
    let range = opening + 1..<scan.cursor
    let slice = UnsafeBufferPointer(rebasing: bytes[range])
    // The validating initializer is not specialized, which costs more than creating a short string.
    let checked =
      scan.isASCII
      ? String(decoding: slice, as: UTF8.self) : String(validating: slice, as: UTF8.self)
    guard let checked else { throw invalidUTF8(in: range, opening: opening) }
    index = scan.cursor + 1
    lineStart += scan.continuations
    return checked
  }

  /// Skips all characters that stand for themselves: up to a quote, a backslash, a control
  /// character, or the end.
  ///
  /// Eight bytes at a time, because most text is long and plain.
  @inline(__always)
  private func passPlainText(_ scan: inout Scan) {
    while scan.cursor < end {
      if UTF8Text.isPlain(bytes, at: scan.cursor) {
        scan.cursor += 8
        continue
      }
      let stop = min(end, scan.cursor + 8)
      while scan.cursor < stop {
        let byte = bytes[scan.cursor]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
        if byte & 0xC0 == 0x80 { scan.continuations += 1 }
        if byte >= 0x80 { scan.isASCII = false }
        scan.cursor += 1
      }
    }
  }

  /// The rest of a string in which the character at `cursor` does not stand for itself.
  private mutating func stringWithEscapes(
    opening: Int, _ passed: Scan
  ) throws(DocumentSyntaxError) -> String {
    var scan = passed
    var run = opening + 1
    unescaped.removeAll(keepingCapacity: true)
    while scan.cursor < end {
      switch bytes[scan.cursor] {
      case UInt8(ascii: "\""):
        unescaped.append(contentsOf: bytes[run..<scan.cursor])
        guard let text = String(validating: unescaped, as: UTF8.self) else {
          throw invalidUTF8(in: opening + 1..<scan.cursor, opening: opening)
        }
        index = scan.cursor + 1
        lineStart += scan.continuations
        return text
      case UInt8(ascii: "\\"):
        unescaped.append(contentsOf: bytes[run..<scan.cursor])
        scan.cursor = try escape(at: scan.cursor, opening: opening)
        run = scan.cursor
      case let control where control < 0x20:
        throw DocumentSyntaxError(
          control == 0 ? .nul : .controlCharacter(Unicode.Scalar(control)),
          at: place(of: scan.cursor, opening: opening))
      default:
        passPlainText(&scan)
      }
    }
    throw unended(from: opening)
  }

  /// Appends the character of the escape at `start`, and returns the position after it.
  private mutating func escape(
    at start: Int, opening: Int
  ) throws(DocumentSyntaxError) -> Int {
    guard start + 1 < end else { throw unended(from: opening) }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""): unescaped.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): unescaped.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "/"): unescaped.append(UInt8(ascii: "/"))
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"): return try unicodeEscape(at: start, opening: opening)
    default: throw invalidEscape(at: start, length: 2, opening: opening)
    }
    return start + 2
  }

  private mutating func unicodeEscape(
    at start: Int, opening: Int
  ) throws(DocumentSyntaxError) -> Int {
    guard let unit = codeUnit(at: start) else {
      throw invalidEscape(at: start, length: 6, opening: opening)
    }
    var after = start + 6
    var value = UInt32(unit)
    if UTF16.isLeadSurrogate(unit), let low = codeUnit(at: after), UTF16.isTrailSurrogate(low) {
      value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
      after += 6
    }
    guard let scalar = Unicode.Scalar(value) else {
      let text = String(decoding: bytes[start..<start + 6], as: UTF8.self)
      throw DocumentSyntaxError(.unpairedSurrogate(text), at: place(of: start, opening: opening))
    }
    guard value != 0 else {
      throw DocumentSyntaxError(.nul, at: place(of: start, opening: opening))
    }
    UTF8.encode(scalar).map { unescaped.append(contentsOf: $0) }
    return after
  }

  /// The number of the four-digit escape at `start`, such as `\u00e4`, if there is one.
  private func codeUnit(at start: Int) -> UInt16? {
    guard start + 6 <= end, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[start + 2..<start + 6] {
      guard byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        return nil
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}

// MARK: - What is wrong in a string

extension JSONParser {
  /// The position of a byte inside the string that begins at `opening`.
  ///
  /// Only errors need it, so they count again.
  private func place(of offset: Int, opening: Int) -> SourcePlace {
    let continuations = bytes[opening..<offset].count { $0 & 0xC0 == 0x80 }
    return SourcePlace(line: line, column: offset - lineStart - continuations + 1)
  }

  private func unended(from opening: Int) -> DocumentSyntaxError {
    if let invalid = UTF8Text.firstInvalidByte(in: bytes[opening..<end]) {
      return DocumentSyntaxError(
        .invalidUTF8(byte: bytes[invalid]), at: place(of: invalid, opening: opening))
    }
    return DocumentSyntaxError(
      .unexpectedEnd(in: .string, from: place(of: opening, opening: opening)),
      at: place(of: end, opening: opening))
  }

  private func invalidEscape(at start: Int, length: Int, opening: Int) -> DocumentSyntaxError {
    let rest = bytes[start + 1..<min(end, start + length)]
    let written = "\\" + String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    return DocumentSyntaxError(.invalidEscape(written), at: place(of: start, opening: opening))
  }

  private func invalidUTF8(in range: Range<Int>, opening: Int) -> DocumentSyntaxError {
    let invalid = UTF8Text.firstInvalidByte(in: bytes[range]) ?? range.lowerBound
    return DocumentSyntaxError(
      .invalidUTF8(byte: bytes[invalid]), at: place(of: invalid, opening: opening))
  }
}
