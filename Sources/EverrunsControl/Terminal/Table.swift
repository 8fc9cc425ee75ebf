import Everruns
import Messages

/// Rows of text in columns.
struct Table<Row> {
  let columns: [Column<Row>]

  /// The rows under the columns' titles.
  ///
  /// - Parameter width: How many columns the terminal has; `nil` where nothing may be cut.
  func text(_ rows: [Row], width: Int?, style: Style) -> String {
    let cells = rows.map { row in columns.map { $0.text(row).escapingControls() } }
    let titles = columns.map { $0.title.uppercased() }
    let widths = fittingWidths(
      titles.map(\.displayWidth),
      columns.indices.map { index in cells.map { $0[index].displayWidth }.max() ?? 0 }, width)
    let lines =
      [style.heading(Self.line(zip(titles, widths)))] + cells.map { Self.line(zip($0, widths)) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The widths of the columns, with what is too much taken away: first from titles, which say
  /// enough when they are cut, then from the columns that may be cut, always from the widest.
  private func fittingWidths(_ titles: [Int], _ contents: [Int], _ width: Int?) -> [Int] {
    var widths = zip(titles, contents).map(max)
    guard let width else { return widths }
    let gaps = 2 * (columns.count - 1)
    var excess = widths.reduce(gaps, +) - width
    func narrow(to least: [Int]) {
      while excess > 0,
        let widest = widths.indices.filter({ widths[$0] > least[$0] })
          .max(by: { widths[$0] < widths[$1] })
      {
        widths[widest] -= 1
        excess -= 1
      }
    }
    narrow(to: zip(titles, contents).map { title, content in max(content, min(title, 6)) })
    narrow(
      to: columns.indices.map { columns[$0].isShortened ? min(widths[$0], 12) : widths[$0] })
    return widths
  }

  private static func line(_ cells: some Sequence<(String, Int)>) -> String {
    var line = cells.map { $0.shortened(to: $1).padded(to: $1) }.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
