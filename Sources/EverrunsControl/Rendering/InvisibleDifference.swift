import EverrunsDocuments
import EverrunsStore

/// A difference between two texts that look the same, which must be spelled out.
enum InvisibleDifference: String {
  /// Composed characters in one, decomposed ones in the other.
  case normalization = "differs only in Unicode normalization"
  /// A carriage return at the end.
  case lineEnd = "only the line ends differ"
  /// White space at the end.
  case trailingBlanks = "only trailing blanks differ"
  /// Whitespace, or zero-width characters.
  case blanks = "only blanks differ"

  /// The difference between two texts; `nil` if they are equal or visibly different.
  init?(_ before: String, _ after: String) {
    guard !before.hasSameBytes(as: after) else { return nil }
    if before == after {
      self = .normalization
    } else if before.withoutCarriageReturns.hasSameBytes(as: after.withoutCarriageReturns) {
      self = .lineEnd
    } else if before.withoutTrailingBlanks.hasSameBytes(as: after.withoutTrailingBlanks) {
      self = .trailingBlanks
    } else if before.withoutBlanks.hasSameBytes(as: after.withoutBlanks) {
      self = .blanks
    } else {
      return nil
    }
  }

  /// The words to append to the text: ` (only trailing blanks differ)`.
  var remark: String { " (\(rawValue))" }
}

extension String {
  fileprivate var withoutCarriageReturns: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\r" }))
  }

  fileprivate var withoutTrailingBlanks: String {
    let end = unicodeScalars.lastIndex { !$0.isBlank }.map { unicodeScalars.index(after: $0) }
    return String(unicodeScalars[..<(end ?? startIndex)])
  }

  fileprivate var withoutBlanks: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isBlank }))
  }
}

extension Unicode.Scalar {
  /// Whitespace and zero-width characters: spaces, joiners, the byte order mark.
  fileprivate var isBlank: Bool {
    properties.isWhitespace || properties.isDefaultIgnorableCodePoint
  }
}
