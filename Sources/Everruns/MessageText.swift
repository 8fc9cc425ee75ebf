extension String {
  /// The text without anything that could act on a terminal: control characters, line separators
  /// and marks that change the direction of writing become escapes such as `\u{1b}`.
  ///
  /// - Parameter keepingNewlines: Whether line feeds and tabs stay, as in a block of text.
  package func escapingControls(keepingNewlines: Bool = false) -> String {
    guard unicodeScalars.contains(where: { $0.actsOnTerminal }) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n" where keepingNewlines, "\t" where keepingNewlines:
        result.unicodeScalars.append(scalar)
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.actsOnTerminal:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A piece of somebody's input as a message quotes it: on one line, harmless, and not too long.
  package var escapedForMessage: String {
    let limit = 80
    let shortened = unicodeScalars.prefix(limit + 1)
    guard shortened.count > limit else { return escapingControls() }
    return String(String.UnicodeScalarView(shortened.prefix(limit))).escapingControls() + "..."
  }
}

extension Unicode.Scalar {
  /// Whether a terminal may do something else than show the character.
  package var actsOnTerminal: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F: true  // the control characters of ASCII and ISO 8859
    case 0x200E, 0x200F, 0x061C: true  // marks of writing direction
    case 0x2028, 0x2029: true  // line and paragraph separators
    case 0x202A...0x202E, 0x2066...0x2069: true  // embeddings, overrides and isolates
    default: false
    }
  }
}
