extension String {
  /// The text with lines of at most so many columns, as far as its words allow.
  ///
  /// Lines are broken at blanks, so that nothing is lost and no word is torn. What follows is
  /// indented to where the line's text begins: behind its key where there is one, else a little
  /// further than the line.
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
    // No character is wider than its bytes are many, and most lines are short.
    guard line.utf8.count > width, line.printedWidth > width else { return [String(line)] }
    let pieces = pieces
    let (hanging, gap) = layout(pieces)
    let indentation = String(repeating: " ", count: hanging)
    var lines: [String] = []
    var current = ""
    var used = 0
    for (index, (blanks, word)) in pieces.enumerated() {
      let wordWidth = word.printedWidth
      if used > 0, index == gap || used + blanks.count + wordWidth > width {
        lines.append(current)
        current = indentation + word
        used = indentation.count + wordWidth
      } else {
        current += blanks + word
        used += blanks.count + wordWidth
      }
    }
    return lines + [current]
  }

  /// The words of the line, each with the blanks in front of it.
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

  /// How far the further lines are indented, and the piece in front of which the line is broken in
  /// any case.
  ///
  /// Two blanks part a key from its value, or columns from each other. Behind a short key the value
  /// has a column of its own; a long one has the last column below it.
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
      // The end of a colour is no word.
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
  /// The columns that a terminal needs, where colours need none: ECMA-48, "Select Graphic
  /// Rendition".
  fileprivate var printedWidth: Int {
    contains("\u{1B}")
      ? String(self).replacing(/\u{1B}\[[0-9;]*m/, with: "").displayWidth
      : String(self).displayWidth
  }
}
