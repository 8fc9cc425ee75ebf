extension String {
  /// The lines of the text, separated by line feeds.
  ///
  /// Only the line feed separates: a carriage return before it belongs to its line, although Swift
  /// treats both as one character.
  package var lines: [String] { split(at: "\n") }

  /// Whether the text has more than one line.
  package var hasLineBreak: Bool { utf8.contains(UInt8(ascii: "\n")) }

  /// The parts between the occurrences of a separator, including empty ones.
  ///
  /// A combining mark after the separator belongs to the next part, although Swift treats both as
  /// one character.
  ///
  /// - Parameters:
  ///   - separator: The scalar to split at.
  ///   - maximum: The maximum number of splits; the last part is the rest.
  /// - Returns: At least one part; the text itself if the separator does not occur.
  package func split(at separator: Unicode.Scalar, maximum: Int = .max) -> [String] {
    unicodeScalars.split(
      separator: separator, maxSplits: maximum, omittingEmptySubsequences: false
    ).map { String($0) }
  }

  /// The text without leading and trailing whitespace.
  package var trimmingWhiteSpace: String {
    let start = unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
