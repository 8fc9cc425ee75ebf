/// Breaks texts into lines of a given width.
struct TextLayout {
  let width: Int
  let style: HelpStyle

  init(width: Int, style: HelpStyle) {
    // Below this nothing would be readable, and the terminal breaks the lines anyway.
    self.width = max(width, 40)
    self.style = style
  }

  /// The lines of a text of one paragraph.
  ///
  /// A word longer than the width has a line to itself: cut, it could not be copied.
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

  /// The lines of a text of several paragraphs, in which lines that begin with a space are kept.
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
  ///   - rows: The terms, which are emphasized, and what they mean.
  ///   - column: Where the descriptions begin, as ``column(for:)`` tells for the longest term.
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

  /// Where the descriptions of these rows begin.
  ///
  /// A few long terms do not push all descriptions aside: theirs begin on the next line.
  func column(for rows: some Sequence<Row>) -> Int {
    let lengths = rows.map { $0.term.count + Self.margin.count + Self.gap }
    let most = width / 5 * 2
    return lengths.filter { $0 <= most }.max() ?? Self.margin.count + 4
  }

  /// A term and what it means.
  struct Row {
    let term: String
    let description: String
  }

  private static let margin = "  "
  private static let gap = 2
}
