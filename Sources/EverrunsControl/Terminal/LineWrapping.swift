extension String {
  /// The text with lines of at most a number of columns, as far as its words allow.
  ///
  /// Lines are broken at blanks, so that no word is split. Continuation lines are indented to the
  /// beginning of the line's text: after its key if there is one, else a little more than the line.
  /// A line with the command to run next is not broken, so that it can be copied.
  func wrapped(to width: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { LineWrapping(line: $0, width: width).lines }
      .joined(separator: "\n")
  }
}

/// Breaks one line at blanks.
private struct LineWrapping {
  let line: Substring
  let width: Int

  var lines: [String] {
    // A character is never wider than its number of bytes, and most lines are short.
    guard line.utf8.count > width, line.printedWidth > width, !isCommand else {
      return [String(line)]
    }
    let pieces = pieces
    let (hanging, gap) = layout(pieces)
    let least = min(hanging, (pieces.first?.blanks.count ?? 0) + 4)
    var lines: [String] = []
    var current = ""
    var used = 0
    for (index, (blanks, word)) in pieces.enumerated() {
      let wordWidth = word.printedWidth
      if used > 0, index == gap || used + blanks.count + wordWidth > width {
        lines.append(current)
        // A word that is too long for the column of the text, such as a digest, may fit without it.
        let indentation = hanging + wordWidth <= width ? hanging : least
        current = String(repeating: " ", count: indentation) + word
        used = indentation + wordWidth
      } else {
        current += blanks + word
        used += blanks.count + wordWidth
      }
    }
    return lines + [current]
  }

  /// Whether the line is a command to run next.
  private var isCommand: Bool {
    let text = line.withoutColor
    return ["Next: ", "Or: ", "Renamed? ", "next  "].contains(where: text.hasPrefix)
  }

  /// The words of the line, each with the blanks before it.
  private var pieces: [(blanks: Substring, word: Substring)] {
    var pieces: [(Substring, Substring)] = []
    var rest = line
    while !rest.isEmpty {
      let blanks = rest.prefix { $0 == " " }
      let word = rest.dropFirst(blanks.count).prefix { $0 != " " }
      pieces.append((blanks, word))
      rest = rest.dropFirst(blanks.count + word.count)
    }
    return pieces
  }

  /// The indentation of continuation lines, and the word before which the line is always broken.
  ///
  /// Two blanks separate a key from its value, or columns from each other. After a short key the
  /// value has a column of its own; after a long one it goes below.
  private func layout(
    _ pieces: [(blanks: Substring, word: Substring)]
  ) -> (hanging: Int, gap: Int?) {
    let margin = pieces.first?.blanks.count ?? 0
    var column = 0
    var blanks = 0
    var gap: Int?
    for (index, piece) in pieces.enumerated() {
      blanks += piece.blanks.count
      let wordWidth = piece.word.printedWidth
      // The end of a color is not a word.
      guard wordWidth > 0 else { continue }
      column += blanks
      if index > 0, blanks >= 2 {
        if gap == nil, column <= width / 3 { return (column, nil) }
        if column <= width { gap = index }
      }
      column += wordWidth
      blanks = 0
    }
    return (margin + 4, gap)
  }
}

extension Substring {
  /// The width in terminal columns.
  fileprivate var printedWidth: Int { withoutColor.displayWidth }

  /// The text without color sequences: ECMA-48, "Select Graphic Rendition".
  fileprivate var withoutColor: String {
    contains("\u{1B}")
      ? String(self).replacing(/\u{1B}\[[0-9;]*m/, with: "") : String(self)
  }
}
