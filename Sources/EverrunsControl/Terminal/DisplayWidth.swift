extension String {
  /// The number of terminal columns that the text occupies.
  var displayWidth: Int {
    // The tables of Unicode are slow, and most text is ASCII, of which each byte takes a column.
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }

  /// The text padded with blanks to a number of columns.
  func padded(to width: Int) -> String { self + padding(to: width) }

  /// The blanks that pad the text to a number of columns; colored text is padded outside of the
  /// color.
  func padding(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// The text truncated to a number of columns, with a mark if something was cut.
  func shortened(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var result = ""
    var used = 1
    for character in self {
      used += character.displayWidth
      guard used <= width else { break }
      result.append(character)
    }
    return result + "…"
  }
}

extension Character {
  /// The number of columns of the character: two for an emoji, whatever its number of scalars;
  /// otherwise the sum of its scalars, some of which occupy a column although they combine with the
  /// preceding one, such as Thai SARA AM and the vowel signs of Hindi and Tamil.
  fileprivate var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    let isEmoji = first.properties.isEmoji && !first.isASCII
    if unicodeScalars.contains(where: { $0 == "\u{20E3}" || (isEmoji && $0 == "\u{FE0F}") }) {
      return 2
    }
    if isEmoji { return first.displayWidth }
    return unicodeScalars.reduce(0) { $0 + $1.displayWidth }
  }
}

extension Unicode.Scalar {
  /// Zero for combining marks, two for wide scalars as in Unicode Standard Annex 11 and for emoji
  /// presentation.
  fileprivate var displayWidth: Int {
    switch value {
    // The soft hyphen is a format character, but terminals show it.
    case 0xAD: return 1
    // Hangul vowels and final consonants, which combine with the consonant before them.
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
    default: break
    }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if properties.isEmojiPresentation { return 2 }
    return Self.wideRanges.contains { $0.contains(value) } ? 2 : 1
  }

  /// The blocks of wide and full-width characters.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18AFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
  ]
}
