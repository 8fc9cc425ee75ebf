import EverrunsDocuments
import EverrunsStore

/// How two texts differ that look the same: something that has to be said beside them.
enum InvisibleDifference: String {
  /// Composed letters in one, decomposed ones in the other.
  case normalization = "differs only in Unicode normalization"
  /// A carriage return at the end.
  case lineEnd = "only the line ends differ"
  /// White space at the end.
  case trailingBlanks = "only trailing blanks differ"
  /// White space, or characters without any width.
  case blanks = "only blanks differ"

  /// The difference of two texts; `nil` where they are equal or anybody can see how they differ.
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

  /// The words to put after the text: ` (only trailing blanks differ)`.
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
  /// White space, and what has no width: zero-width spaces and joiners, the byte order mark.
  fileprivate var isBlank: Bool {
    properties.isWhitespace || properties.isDefaultIgnorableCodePoint
  }
}
