import EverrunsDocuments
import EverrunsStore
import Messages

/// A difference between two values that look the same, which must be spelled out.
enum InvisibleDifference: String {
  /// Composed characters in one, decomposed ones in the other.
  case normalization = "differs only in Unicode normalization"
  /// A carriage return at the end.
  case lineEnd = "only the line ends differ"
  /// White space at the end.
  case trailingBlanks = "only trailing blanks differ"
  /// Whitespace, or zero-width characters.
  case blanks = "only blanks differ"
  /// Several of these.
  case several = "only blanks and Unicode normalization differ"

  /// The difference between two texts; `nil` if they are equal or visibly different.
  init?(_ before: String, _ after: String) {
    let (visibleBefore, visibleAfter) = (before.visibleText, after.visibleText)
    guard visibleBefore == visibleAfter, !before.hasSameBytes(as: after) else { return nil }
    if before == after {
      self = .normalization
    } else if before.withoutCarriageReturns.hasSameBytes(as: after.withoutCarriageReturns) {
      self = .lineEnd
    } else if before.withoutTrailingBlanks.hasSameBytes(as: after.withoutTrailingBlanks) {
      self = .trailingBlanks
    } else if visibleBefore.hasSameBytes(as: visibleAfter) {
      self = .blanks
    } else {
      self = .several
    }
  }

  /// The difference between two values; `nil` if they are equal or visibly different.
  init?(_ before: JSONValue, _ after: JSONValue) {
    var difference: Self?
    guard Self.isInvisible(before, after, &difference), let difference else { return nil }
    self = difference
  }

  /// Whether two values look the same; adds how they differ.
  private static func isInvisible(
    _ before: JSONValue, _ after: JSONValue, _ difference: inout Self?
  ) -> Bool {
    switch (before, after) {
    case (.string(let old), .string(let new)):
      return isInvisible(old, new, &difference)
    case (.array(let old), .array(let new)):
      return old.count == new.count
        && zip(old, new).allSatisfy { isInvisible($0, $1, &difference) }
    case (.object(let old), .object(let new)):
      return old.count == new.count
        && zip(old.members, new.members).allSatisfy {
          isInvisible($0.key, $1.key, &difference) && isInvisible($0.value, $1.value, &difference)
        }
    default:
      return before == after
    }
  }

  private static func isInvisible(
    _ before: String, _ after: String, _ difference: inout Self?
  ) -> Bool {
    guard !before.hasSameBytes(as: after) else { return true }
    guard let found = Self(before, after) else { return false }
    difference = difference.map { $0 == found ? found : .several } ?? found
    return true
  }

  /// The words to append to the text: ` (only trailing blanks differ)`.
  var remark: String { " (\(rawValue))" }
}

extension String {
  fileprivate var withoutCarriageReturns: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\r" }))
  }

  fileprivate var withoutTrailingBlanks: String {
    let end = unicodeScalars.lastIndex { !$0.isInvisible }.map { unicodeScalars.index(after: $0) }
    return String(unicodeScalars[..<(end ?? startIndex)])
  }

  /// The characters that show something.
  var visibleText: String {
    unicodeScalars.split(whereSeparator: \.isInvisible).map(String.init).joined()
  }
}
