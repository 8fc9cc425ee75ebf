import EverrunsDocuments
import Messages

/// A word-by-word difference within one long line, with a few words of context on both sides.
///
/// Words are compared code point by code point.
struct WordDifference {
  private enum Piece {
    case same([Substring])
    case removed([Substring])
    case added([Substring])
  }

  private let pieces: [Piece]
  /// The whole line afterwards.
  let newText: String

  /// The length from which a line is not shown twice.
  private static let longLine = 80
  /// The number of context words on both sides of a change.
  private static let context = 4

  /// Compares two lines; `nil` if showing both is as clear: short lines, and lines with little in
  /// common.
  init?(from before: String, to after: String) {
    guard max(before.utf8.count, after.utf8.count) > Self.longLine else { return nil }
    let old = Self.words(before)
    let new = Self.words(after)
    let difference = PositionDifference(
      from: old.map { ExactText(String($0)) }, to: new.map { ExactText(String($0)) })
    guard !difference.isCoarse else { return nil }
    guard 3 * (old.count - difference.removed.count) >= old.count else { return nil }
    pieces = Self.pieces(old, new, difference)
    newText = after
  }

  private static func pieces(
    _ old: [Substring], _ new: [Substring], _ difference: PositionDifference
  ) -> [Piece] {
    var pieces: [Piece] = []
    var oldIndex = 0
    var newIndex = 0
    func take(_ words: [Substring], from index: inout Int, while isTaken: (Int) -> Bool)
      -> [Substring]
    {
      let start = index
      while index < words.count, isTaken(index) { index += 1 }
      return Array(words[start..<index])
    }
    while oldIndex < old.count || newIndex < new.count {
      let gone = take(old, from: &oldIndex, while: difference.removed.contains)
      if !gone.isEmpty { pieces.append(.removed(gone)) }
      let come = take(new, from: &newIndex, while: difference.added.contains)
      if !come.isEmpty { pieces.append(.added(come)) }
      let start = newIndex
      while oldIndex < old.count, newIndex < new.count, !difference.removed.contains(oldIndex),
        !difference.added.contains(newIndex)
      {
        oldIndex += 1
        newIndex += 1
      }
      if start < newIndex { pieces.append(.same(Array(new[start..<newIndex]))) }
    }
    return pieces
  }

  /// The line with removed and added words in brackets, without the text far from any change.
  func text(style: Style) -> String {
    pieces.indices.map { index in
      switch pieces[index] {
      case .removed(let words):
        Self.bracketed(
          words, "[-", "-]", style, style.removed, keepsBlanks: changesBlanks(at: index))
      case .added(let words):
        Self.bracketed(
          words, "{+", "+}", style, style.added, keepsBlanks: changesBlanks(at: index - 1))
      case .same(let words):
        Self.shortened(words, isFirst: index == 0, isLast: index == pieces.count - 1)
      }
    }.joined()
  }

  /// Whether words are removed at an index, and added after it with other blanks.
  private func changesBlanks(at index: Int) -> Bool {
    guard pieces.indices.contains(index), pieces.indices.contains(index + 1),
      case .removed(let old) = pieces[index], case .added(let new) = pieces[index + 1]
    else { return false }
    return InvisibleDifference(old.joined(), new.joined()) != nil
  }

  private static func bracketed(
    _ words: [Substring], _ start: String, _ end: String, _ style: Style,
    _ paint: (String) -> String, keepsBlanks: Bool
  ) -> String {
    let text = words.joined()
    let blanks = keepsBlanks ? 0 : text.reversed().prefix { $0 == " " }.count
    let inner = text.dropLast(blanks)
    return paint(start + style.shortened(String(inner).escapingControls()) + end)
      + String(repeating: " ", count: blanks)
  }

  private static func shortened(_ words: [Substring], isFirst: Bool, isLast: Bool) -> String {
    let head = isFirst ? 0 : context
    let tail = isLast ? 0 : context
    guard words.count > head + tail + 1 else { return words.joined().escapingControls() }
    return words.prefix(head).joined().escapingControls() + "... "
      + words.suffix(tail).joined().escapingControls()
  }

  /// The words, each with the blanks after it.
  private static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    var isInBlanks = false
    for index in text.unicodeScalars.indices {
      // A blank with a combining mark is none.
      let isBlank = text.unicodeScalars[index] == " " && text[index] == " "
      if isInBlanks, !isBlank {
        words.append(text[start..<index])
        start = index
      }
      isInBlanks = isBlank
    }
    if start < text.endIndex { words.append(text[start...]) }
    return words
  }
}
