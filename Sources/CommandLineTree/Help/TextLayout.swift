/// Breaks text into lines of a given width.
struct TextLayout {
  let width: Int
  let style: HelpStyle

  init(width: Int, style: HelpStyle) {
    // Below this nothing would be readable, and the terminal breaks lines anyway.
    self.width = max(width, 40)
    self.style = style
  }

  /// The lines of a paragraph.
  ///
  /// A word longer than the width gets a line of its own: cut, it could not be copied.
  func wrapped(_ text: String, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.isEmpty {
        line = margin + word
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = margin + word
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// The lines of several paragraphs; lines that begin with a space are preserved.
  func paragraphs(_ text: String) -> [String] {
    if text.isEmpty { return [] }
    var lines: [String] = []
    var paragraph = ""
    func endParagraph() {
      lines += wrapped(paragraph)
      paragraph = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.first == " " {
        endParagraph()
        lines.append(String(line))
      } else {
        paragraph += line + " "
      }
    }
    endParagraph()
    return lines
  }

  /// The lines of a table of terms and their descriptions.
  ///
  /// - Parameters:
  ///   - rows: The terms, which are styled, and their meanings.
  ///   - column: The column of the descriptions; see ``column(for:)``.
  /// - Returns: One line or more for each row; a term too long for its column has a line to itself.
  func table(_ rows: [Row], column: Int) -> [String] {
    rows.flatMap { row -> [String] in
      let term = Self.margin + style.literal(row.term)
      let description = wrapped(row.description, indent: column)
      guard let first = description.first else { return [term] }
      let used = Self.margin.count + row.term.count
      guard used + Self.gap <= column else { return [term] + description }
      let padding = String(repeating: " ", count: column - used)
      return [term + padding + first.dropFirst(column)] + description.dropFirst()
    }
  }

  /// The column of the descriptions of these rows.
  ///
  /// A few long terms do not move all descriptions: theirs begin on the next line.
  func column(for rows: some Sequence<Row>) -> Int {
    let lengths = rows.map { $0.term.count + Self.margin.count + Self.gap }
    let most = width / 5 * 2
    return lengths.filter { $0 <= most }.max() ?? Self.margin.count + 4
  }

  /// A term and its meaning.
  struct Row {
    let term: String
    let description: String
  }

  private static let margin = "  "
  private static let gap = 2
}
