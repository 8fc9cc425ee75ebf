extension String {
  /// The lines of the text, separated by line feeds.
  ///
  /// A carriage return before a line feed is part of its line: the line feed alone separates,
  /// though Swift takes both for one character.
  package var lines: [String] { split(at: "\n") }

  /// Whether the text has more than one line.
  package var hasLineBreak: Bool { utf8.contains(UInt8(ascii: "\n")) }

  /// The parts between the occurrences of a separator, also empty ones.
  ///
  /// A combining mark after the separator belongs to the next part, though Swift takes both for
  /// one character.
  ///
  /// - Parameter maximum: The most splits that are made; the last part holds the rest.
  package func split(at separator: Unicode.Scalar, maximum: Int = .max) -> [String] {
    unicodeScalars.split(
      separator: separator, maxSplits: maximum, omittingEmptySubsequences: false
    ).map { String($0) }
  }

  /// The text without white space at its ends.
  package var trimmingWhiteSpace: String {
    let start = unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
