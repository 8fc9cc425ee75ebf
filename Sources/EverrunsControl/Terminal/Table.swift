import Messages

/// Rows of text under the heads of their columns.
struct Table {
  /// A column without its cells.
  struct Head {
    let title: String
    /// Whether cells may be truncated on a narrow terminal.
    var isShortened = false
    /// Whether the cells are numbers, which are right-aligned.
    var isNumber = false
  }

  let heads: [Head]
  /// The cells, row by row, one per column.
  let rows: [[String]]

  /// The table as text, for a terminal of `width` columns; `nil` for no limit.
  func text(width: Int?, style: Style) -> String {
    let cells = rows.map { row in row.map { $0.escapingControls() } }
    let widths = fittingWidths(
      heads.indices.map { index in cells.map { $0[index].displayWidth }.max() ?? 0 }, width)
    let lines = [style.heading(line(heads.map(\.title), widths))] + cells.map { line($0, widths) }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The minimum width of a column that makes room for others, and the minimum of any column.
  private static let narrowest = (usual: 8, any: 4)

  /// The widths of the columns.
  ///
  /// If they do not fit, the widest columns shrink: first those that may be truncated, then all but
  /// the first, at last all of them with their heads.
  private func fittingWidths(_ contents: [Int], _ width: Int?) -> [Int] {
    var widths = zip(heads, contents).map { max($0.title.displayWidth, $1) }
    guard let width else { return widths }
    var excess = widths.reduce(2 * (heads.count - 1), +) - width
    func narrow(to least: [Int]) {
      while excess > 0,
        let widest = widths.indices.filter({ widths[$0] > least[$0] })
          .max(by: { widths[$0] < widths[$1] })
      {
        widths[widest] -= 1
        excess -= 1
      }
    }
    func least(_ mayBeCut: (Int) -> Bool) -> [Int] {
      heads.indices.map { index in
        mayBeCut(index)
          ? min(widths[index], max(heads[index].title.displayWidth, Self.narrowest.usual))
          : widths[index]
      }
    }
    narrow(to: least { heads[$0].isShortened })
    narrow(to: least { $0 > 0 })
    narrow(to: widths.map { min($0, Self.narrowest.any) })
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = cells.indices.map { index in
      let cell = cells[index].shortened(to: widths[index])
      let blanks = String(repeating: " ", count: max(0, widths[index] - cell.displayWidth))
      return heads[index].isNumber ? blanks + cell : cell + blanks
    }.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}
