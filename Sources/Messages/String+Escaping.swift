extension String {
  /// The text as people see it, on one line: what could affect a terminal, and what shows nothing,
  /// becomes a JSON escape such as `\u001b` or `\u200b`.
  ///
  /// Of the characters that show nothing, blanks stay (U+0020, and U+3000, which is as wide as an
  /// ideograph), and those that are part of a visible one, as in emoji.
  package func escapingControls() -> String {
    guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return self }
    var result = ""
    var previous: Unicode.Scalar?
    for scalar in unicodeScalars {
      if let byte = scalar.keptByte {
        // Preserved bytes are always escaped, as `\xff`.
        result += byte.escaped
      } else if scalar.isUnclear(after: previous) {
        result += scalar.escaped
      } else {
        result.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return result
  }

  /// User input as quoted in a message: as ``escapingControls()``, and shortened to 80 characters.
  ///
  /// The user only needs to recognize it: a text by its beginning, a path also by its end, where its
  /// name is.
  package var escapedForMessage: String {
    let limit = 80
    // Not `count`, which would visit every character of a text of any length.
    let beginning = unicodeScalars.prefix(limit + 1)
    guard beginning.count > limit else { return escapingControls() }
    guard !beginning.contains("/"), !unicodeScalars.suffix(limit).contains("/") else {
      return keepingEnds(of: limit + 1).escapingControls()
    }
    return String(UnicodeScalarView(beginning.prefix(limit))).escapingControls() + "…"
  }

  /// The text, shortened in the middle if it has more than a number of characters; most of what is
  /// kept is its end.
  package func keepingEnds(of limit: Int) -> String {
    guard unicodeScalars.prefix(limit + 1).count > limit else { return self }
    let head = unicodeScalars.prefix(limit * 3 / 8)
    let tail = unicodeScalars.suffix(limit - head.count - 1)
    return String(head) + "…" + String(tail)
  }

  /// The text in single quotes, as ``escapedForMessage``.
  package var quoted: String { "'\(escapedForMessage)'" }

  /// Whether ``escapingControls()`` would change the text.
  package var isUnclear: Bool { !escapingControls().utf8.elementsEqual(utf8) }
}

extension Unicode.Scalar {
  /// Whether this character could move a terminal's cursor, change its color, or reorder the text.
  package var actsOnTerminal: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F: true  // the control characters of ASCII and ISO 8859
    case 0x061C, 0x200E, 0x200F: true  // marks of writing direction
    case 0x2028, 0x2029: true  // line and paragraph separators
    case 0x202A...0x202E, 0x2066...0x2069: true  // embeddings, overrides and isolates
    default: false
    }
  }

  /// The JSON and YAML escape of this character: `\n`, `\u001b`; a surrogate pair outside the basic
  /// plane.
  package var escaped: String {
    switch self {
    case "\u{8}": #"\b"#
    case "\u{C}": #"\f"#
    case "\n": #"\n"#
    case "\r": #"\r"#
    case "\t": #"\t"#
    default:
      utf16.map { #"\u"# + [UInt8($0 >> 8), UInt8($0 & 0xFF)].hexadecimal }.joined()
    }
  }

  /// Whether text with this character would be misleading: it affects the terminal, shows nothing,
  /// or something else in every font.
  fileprivate func isUnclear(after previous: Unicode.Scalar?) -> Bool {
    if isASCII { return value < 0x20 || value == 0x7F }
    guard !completes(previous) else { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      return true
    default: return isInvisible && self != "\u{3000}"
    }
  }

  /// Whether the character belongs to a visible one before it: the joiners of emoji and of scripts
  /// such as Persian, and variation selectors.
  private func completes(_ previous: Unicode.Scalar?) -> Bool {
    guard let previous else { return false }
    switch value {
    case 0x200C, 0x200D:
      return !previous.isASCII && (!previous.isInvisible || previous.isVariationSelector)
    case _ where isVariationSelector:
      // Those of digits are part of keycaps.
      return !previous.isInvisible && (!previous.isASCII || previous.properties.isEmoji)
    default: return false
    }
  }

  private var isVariationSelector: Bool {
    (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
  }
}
