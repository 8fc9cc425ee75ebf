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
    let indentation = String(repeating: " ", count: hangingIndentation)
    var lines: [String] = []
    var current = ""
    var used = 0
    for (blanks, word) in pieces {
      let wordWidth = word.printedWidth
      if used > 0, used + blanks.count + wordWidth > width {
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

  private var hangingIndentation: Int {
    let margin = pieces.first?.blanks.count ?? 0
    var column = 0
    for (index, piece) in pieces.enumerated() {
      column += piece.blanks.count
      // Two blanks part a key from its value.
      if index > 0, piece.blanks.count >= 2 { return column <= width / 3 ? column : margin + 4 }
      column += piece.word.printedWidth
    }
    return margin + 4
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
