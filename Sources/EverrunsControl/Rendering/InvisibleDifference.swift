import EverrunsDocuments
import EverrunsStore
import Messages

/// A difference between two values that look the same, which must be spelled out.
enum InvisibleDifference: Equatable {
  /// Composed characters in one, decomposed ones in the other.
  case normalization
  /// Carriage returns.
  case lineEnd
  /// White space at the end.
  case trailingBlanks
  /// White space.
  case blanks
  /// Characters without a width, which are not blanks; `change` names them, if they do not only move.
  case characters(change: String?)
  /// Several of these.
  case several

  /// The difference between two texts; `nil` if they are equal or visibly different.
  init?(_ before: String, _ after: String) {
    let (visibleBefore, visibleAfter) = (before.visibleText, after.visibleText)
    guard visibleBefore == visibleAfter, !before.hasSameBytes(as: after) else { return nil }
    if before == after {
      self = .normalization
    } else if before.withoutCarriageReturns.hasSameBytes(as: after.withoutCarriageReturns) {
      self = .lineEnd
    } else if visibleBefore.hasSameBytes(as: visibleAfter),
      !before.withoutWhitespace.hasSameBytes(as: after.withoutWhitespace)
    {
      self = .characters(change: Self.change(from: before, to: after))
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

  /// The invisible characters of which one text has more than the other: `U+0020 -> U+200B`.
  private static func change(from before: String, to after: String) -> String? {
    func surplus(_ text: String, over other: String) -> String? {
      var counts: [Unicode.Scalar: Int] = [:]
      for (scalars, step) in [(text.unicodeScalars, 1), (other.unicodeScalars, -1)] {
        for scalar in scalars where scalar.isInvisible { counts[scalar, default: 0] += step }
      }
      let codes = counts.filter { $0.value > 0 }.keys.sorted().map(\.code)
      return codes.isEmpty ? nil : Array(codes.prefix(3)).joined(asFirstOf: codes.count)
    }
    return switch (surplus(before, over: after), surplus(after, over: before)) {
    case (let removed?, let added?): "\(removed) -> \(added)"
    case (let removed?, nil): "\(removed) removed"
    case (nil, let added?): "\(added) added"
    case (nil, nil): nil
    }
  }

  /// How the texts differ, as half a sentence.
  var words: String {
    switch self {
    case .normalization: "differs only in Unicode normalization"
    case .lineEnd: "only the line ends differ"
    case .trailingBlanks: "only trailing blanks differ"
    case .blanks: "only blanks differ"
    case .characters(let change):
      "only invisible characters differ" + (change.map { ": \($0)" } ?? "")
    case .several: "only invisible characters or Unicode normalization differ"
    }
  }

  /// The words to append to the text: ` (only trailing blanks differ)`.
  var remark: String { " (\(words))" }
}

extension String {
  fileprivate var withoutCarriageReturns: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\r" }))
  }

  fileprivate var withoutWhitespace: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { !$0.properties.isWhitespace }))
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
