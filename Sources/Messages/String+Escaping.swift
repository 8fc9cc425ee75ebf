extension String {
  /// The text without characters that could affect a terminal.
  ///
  /// Control characters, line separators and bidirectional formatting characters become JSON
  /// escapes such as `\u001b`.
  package func escapingControls() -> String {
    escaping { $0.actsOnTerminal }
  }

  /// User input as quoted in a message: on one line, without control or invisible characters, and
  /// shortened.
  ///
  /// The user only needs to recognize it.
  package var escapedForMessage: String {
    let limit = 80
    // Not `count`, which would visit every character of a text of any length.
    let beginning = unicodeScalars.prefix(limit + 1)
    guard beginning.count > limit else { return escaping { $0.isUnclearInMessage } }
    return String(UnicodeScalarView(beginning.prefix(limit))).escaping { $0.isUnclearInMessage }
      + "…"
  }

  /// The text in single quotes, as ``escapedForMessage``.
  package var quoted: String { "'\(escapedForMessage)'" }

  /// Preserved bytes are always escaped, as `\xff`.
  private func escaping(_ isEscaped: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: { $0.keptByte != nil || isEscaped($0) }) else {
      return self
    }
    var result = ""
    for scalar in unicodeScalars {
      if let byte = scalar.keptByte {
        result += byte.escaped
      } else if isEscaped(scalar) {
        result += scalar.escaped
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
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

  /// Whether quoted input with this character would be misleading: it affects the terminal or is
  /// invisible.
  fileprivate var isUnclearInMessage: Bool {
    switch properties.generalCategory {
    // The zero-width joiner is part of many emoji.
    case .format: self != "\u{200D}"
    case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    default: false
    }
  }
}
