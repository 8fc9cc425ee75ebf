extension String {
  /// The text without anything that could act on a terminal.
  ///
  /// Control characters, line separators and marks that change the direction of writing become
  /// escapes as JSON writes them, such as `\u001b`.
  package func escapingControls() -> String {
    escaping { $0.actsOnTerminal }
  }

  /// A piece of somebody's input as a message quotes it: on one line, harmless, with nothing in it
  /// that cannot be seen, and not too long.
  ///
  /// Who wrote it needs only to recognize it.
  package var escapedForMessage: String {
    let limit = 80
    // Not `count`, which would look at every character of a text of any length.
    let beginning = unicodeScalars.prefix(limit + 1)
    guard beginning.count > limit else { return escaping { $0.isUnclearInMessage } }
    return String(UnicodeScalarView(beginning.prefix(limit))).escaping { $0.isUnclearInMessage }
      + "…"
  }

  /// The text in single quotes, as ``escapedForMessage``.
  package var quoted: String { "'\(escapedForMessage)'" }

  /// Bytes that the text keeps are always escaped, as `\xff`.
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
  /// Whether this character, sent raw, could move a terminal's cursor, colour it, or reorder what
  /// is read.
  package var actsOnTerminal: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F: true  // the control characters of ASCII and ISO 8859
    case 0x061C, 0x200E, 0x200F: true  // marks of writing direction
    case 0x2028, 0x2029: true  // line and paragraph separators
    case 0x202A...0x202E, 0x2066...0x2069: true  // embeddings, overrides and isolates
    default: false
    }
  }

  /// This character as JSON and YAML escape it: `\n`, `\u001b`; outside of the basic plane as two
  /// surrogates.
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

  /// Whether quoted input would be misread with this character in it: it acts on a terminal, or
  /// nothing is seen of it.
  fileprivate var isUnclearInMessage: Bool {
    switch properties.generalCategory {
    // The joiner is part of many emoji.
    case .format: self != "\u{200D}"
    case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    default: false
    }
  }
}
