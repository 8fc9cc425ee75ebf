/// Lines of differences as a diff block in Markdown, for review comments.
struct MarkdownDiff {
  /// The lines, each with its sign in the first column; those without a sign begin with blanks.
  let lines: [String]

  /// Creates a block.
  ///
  /// - Parameter lines: Lines of ``ValueDifference`` and their titles.
  init(_ lines: [String]) {
    self.lines = lines.map { line in
      line.hasPrefix(ValueDifference.indent)
        ? String(line.dropFirst(ValueDifference.indent.count)) : line
    }
  }

  /// The number of lines that are shown unfolded, and of characters: as many lines of usual length.
  private static let longBlock = (lines: 40, characters: 4_000)

  /// The block; a long one is folded.
  ///
  /// - Parameters:
  ///   - summary: The line that stands for a folded block.
  ///   - heading: The lines in front of an unfolded block.
  /// - Returns: The lines of the block.
  func block(summary: String, heading: [String] = []) -> [String] {
    // A fence ends at the next one of the same length.
    let longest = lines.joined(separator: "\n").split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let diff = [fence + "diff"] + lines + [fence]
    let isLong =
      lines.count > Self.longBlock.lines
      || lines.reduce(0) { $0 + $1.count } > Self.longBlock.characters
    return !isLong
      ? heading + diff
      : ["<details><summary>\(summary)</summary>", ""] + diff + ["", "</details>"]
  }
}
