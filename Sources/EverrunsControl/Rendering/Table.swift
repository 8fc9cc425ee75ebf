import Everruns
import Wording

/// A column of a table: what it is called, and what it shows of a row.
struct Column<Row>: Sendable {
  let title: String
  /// Whether the column may be cut where a terminal is too narrow.
  let isShortened: Bool
  let text: @Sendable (Row) -> String

  init(_ title: String, isShortened: Bool = false, _ text: @escaping @Sendable (Row) -> String) {
    self.title = title
    self.isShortened = isShortened
    self.text = text
  }
}

/// Rows of text in columns.
struct Table<Row> {
  let columns: [Column<Row>]

  /// The rows under the columns' titles.
  ///
  /// - Parameter width: How many columns the terminal has; `nil` where nothing may be cut.
  func text(_ rows: [Row], width: Int?, style: Style) -> String {
    var cells = rows.map { row in columns.map { $0.text(row).escapingControls() } }
    var widths = columns.indices.map { index in
      cells.map { $0[index].displayWidth }.reduce(columns[index].title.displayWidth, max)
    }
    if let width {
      shorten(&cells, &widths, to: width)
    }
    let titles = zip(columns.map { $0.title.uppercased() }, widths)
    let lines =
      [style.heading(Self.line(titles))] + cells.map { Self.line(zip($0, widths)) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Takes what is too much from the columns that may be cut, the widest first.
  private func shorten(_ cells: inout [[String]], _ widths: inout [Int], to width: Int) {
    let gaps = 2 * (columns.count - 1)
    let least = 12
    var excess = widths.reduce(gaps, +) - width
    let candidates = columns.indices.filter { columns[$0].isShortened }
      .sorted { widths[$0] > widths[$1] }
    for index in candidates where excess > 0 {
      let taken = min(excess, max(0, widths[index] - least))
      widths[index] -= taken
      excess -= taken
      for row in cells.indices {
        cells[row][index] = cells[row][index].shortened(to: widths[index])
      }
    }
  }

  private static func line(_ cells: some Sequence<(String, Int)>) -> String {
    var line = cells.map { $0.padded(to: $1) }.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
