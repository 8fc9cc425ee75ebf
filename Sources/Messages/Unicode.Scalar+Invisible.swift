extension Unicode.Scalar {
  /// Whether the character shows nothing: whitespace, zero-width characters such as joiners and the
  /// byte order mark, and blanks that Unicode counts as letters or symbols.
  package var isInvisible: Bool {
    // The tables of Unicode are slow, and most text is ASCII.
    if isASCII { return self == " " || ("\t"..."\r").contains(self) }
    // U+2800 is the Braille pattern without dots.
    return properties.isWhitespace || properties.isDefaultIgnorableCodePoint || self == "\u{2800}"
  }

  /// The character as Unicode writes it: `U+200B`.
  package var code: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension String {
  /// What to do about a name that shows nothing.
  package static let hintForBlankName = "a name needs at least one visible character"

  /// Whether nothing of the text can be seen, as of an empty one.
  package var showsNothing: Bool {
    unicodeScalars.allSatisfy { $0.isInvisible || $0.properties.generalCategory == .control }
  }
}
