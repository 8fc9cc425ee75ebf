extension String {
  /// Text that preserves bytes that are not UTF-8, such as a path or a word of the command line.
  ///
  /// Every byte that is not part of valid UTF-8 becomes one of the last 128 private-use characters,
  /// so that ``keptBytes`` can restore it. Python does this with lone surrogates, which a Swift
  /// string cannot contain (PEP 383). Those private-use characters themselves are encoded byte by
  /// byte, so that no two byte sequences become the same text.
  package init(keeping bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self),
      !text.unicodeScalars.contains(where: { $0.keptByte != nil })
    {
      self = text
      return
    }
    var scalars = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded) where Unicode.UTF8.decode(encoded).keptByte == nil:
        scalars.append(Unicode.UTF8.decode(encoded))
        index += encoded.count
      case .valid(let encoded):
        scalars.append(contentsOf: encoded.map(Unicode.Scalar.init(keeping:)))
        index += encoded.count
      case .error(let length):
        let end = Swift.min(index + length, bytes.endIndex)
        scalars.append(contentsOf: bytes[index..<end].map(Unicode.Scalar.init(keeping:)))
        index = end
      case .emptyInput:
        index = bytes.endIndex
      }
    }
    self.init(scalars)
  }

  /// Whether the text preserves bytes that are not UTF-8.
  package var keepsBytes: Bool { unicodeScalars.contains { $0.keptByte != nil } }

  /// The original bytes.
  package var keptBytes: [UInt8] {
    guard keepsBytes else { return Array(utf8) }
    return unicodeScalars.flatMap { scalar in
      scalar.keptByte.map { [$0] } ?? Array(String(scalar).utf8)
    }
  }

  /// The text in a printable form: a byte that is not UTF-8 is `\xHH`.
  package var showingKeptBytes: String {
    guard keepsBytes else { return self }
    return unicodeScalars.map { $0.keptByte?.escaped ?? String($0) }.joined()
  }
}

extension UInt8 {
  /// The byte in printable form: `\xff`.
  var escaped: String { #"\x"# + [self].hexadecimal }
}

extension Unicode.Scalar {
  /// The scalar value that represents the byte 0.
  private static let keptBytesBegin: UInt32 = 0x10FF00

  fileprivate init(keeping byte: UInt8) {
    // Always a scalar: the range ends with the last one there is, U+10FFFF.
    self = Unicode.Scalar(Self.keptBytesBegin + UInt32(byte)) ?? "\u{FFFD}"
  }

  /// The byte that this character represents; `nil` for an ordinary character.
  ///
  /// ASCII is always valid UTF-8, so only bytes from 0x80 up are preserved.
  package var keptByte: UInt8? {
    value >= Self.keptBytesBegin + 0x80 ? UInt8(truncatingIfNeeded: value) : nil
  }
}
