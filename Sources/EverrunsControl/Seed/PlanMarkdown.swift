import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// Renders a plan as Markdown, for a review comment: first the rows that may need a decision, then
/// the changes of each row, then plain creations in a folded block.
enum PlanMarkdown {
  /// Writes the plan in pieces.
  ///
  /// - Parameters:
  ///   - shown: The plan, and the rows to show.
  ///   - storePath: The location of the store.
  ///   - end: The last lines, if there are any: the next step or the result.
  ///   - output: Receives the text in pieces of whole lines.
  /// - Throws: Errors of reading the rows, or the error that `end` or `output` throws.
  static func write(
    _ shown: ShownPlan, storePath: String, end: () throws -> String? = { nil },
    to output: (String) throws -> Void
  ) throws {
    let rows = shown.rows
    func write(_ lines: [String]) throws {
      try output(lines.map { $0 + "\n" }.joined())
    }
    try write(heading(shown.plan, storePath))
    if let counts = try shown.filteredInWords() { try write(["", counts]) }
    var isInTable = false
    try rows.read { row in
      guard row.isNotable || (row.action == .unchanged && shown.asksForUnchanged) else { return }
      if !isInTable { try write(["", "| action | row | reason |", "|---|---|---|"]) }
      isInTable = true
      try write([line(row)])
    }
    var block: (names: String, row: SeedPlanRow)?
    func writeBlock() throws {
      guard let (names, row) = block else { return }
      try write([""] + changes(row, title: names + sides(of: row)))
    }
    try rows.read { row in
      guard row.isNotable, !row.changes.isEmpty else { return }
      // Organizations with equal changes, such as the default one and the others, share a block.
      if let shared = block, row.hasSameChanges(as: shared.row) {
        block = ("\(shared.names), \(name(of: row))", shared.row)
        return
      }
      try writeBlock()
      block = (name(of: row), row)
    }
    try writeBlock()
    var isInList = false
    let number = try creations(rows)
    try rows.read { row in
      guard row.isSimple else { return }
      if !isInList {
        try write([
          "", "<details><summary>\(count(number, "row")) to create</summary>", "",
        ])
      }
      isInList = true
      try write(["- \(name(of: row))"])
    }
    if isInList { try write(["", "</details>"]) }
    for line in try end()?.lines ?? [] { try write(["", line]) }
  }

  /// The number of plain creations.
  private static func creations(_ rows: SeedPlanRows) throws -> Int {
    var number = 0
    try rows.read { row in
      if row.isSimple { number += row.organizations ?? 1 }
    }
    return number
  }

  private static func heading(_ plan: SeedPlan, _ storePath: String) -> [String] {
    [
      "### \(PlanText.title(plan, storePath: storePath).markdownCell)", "",
      "**\(plan.summary.words)**; \(count(plan.summary.total, "row"))",
    ]
  }

  private static func line(_ row: SeedPlanRow) -> String {
    let reason = ([row.reason.message] + row.notes.map(\.message)).joined(separator: "; ")
    let action = row.reason.code == .overwritesLocalEdit ? "**overwrite**" : row.action.rawValue
    return "| \(action) | \(name(of: row)) "
      + "| `\(row.reason.code.rawValue)` \(reason.markdownCell) |"
  }

  /// The changes of a row, as a diff block.
  private static func changes(_ row: SeedPlanRow, title: String) -> [String] {
    let lines = row.changes.flatMap { change -> [String] in
      let (before, after) = (text(of: change.before), text(of: change.after))
      let remark = ValueDifference.remark(from: change.before, to: change.after)
      let difference = ValueDifference.textLines(from: before, to: after, style: .plain)
      // The only line of a value needs no number.
      let isOneLine = !before.hasLineBreak && !after.hasLineBreak
      return ["@@ \(change.field) @@\(remark)"] + difference.dropFirst(isOneLine ? 1 : 0)
    }
    return MarkdownDiff(lines).block(
      summary: title.replacing("`", with: ""), heading: [title, ""])
  }

  /// What the signs mean where nothing is going to change; empty for other rows.
  private static func sides(of row: SeedPlanRow) -> String {
    row.action == .keep ? ": kept; `-` is the store, `+` the catalog" : ""
  }

  private static func name(of row: SeedPlanRow) -> String {
    let address = "`\(row.address.description.escapingControls())`"
    guard let organizations = row.organizations else {
      guard case .organization = row.address.scope, let name = row.organizationName,
        !name.isEmpty
      else {
        return address
      }
      return "\(address) \(name.markdownCell)"
    }
    let names = row.examples.map(\.shownName.markdownCell)
    let more = organizations - names.count
    return "\(address) × \(organizations) (\(names.joined(separator: ", "))"
      + (more > 0 ? " and \(more) more)" : ")")
  }

  private static func text(of value: JSONValue) -> String {
    if case .string(let text) = value { text } else { value.canonicalJSON }
  }
}

extension SeedPlanRow {
  /// Whether the row is a creation without notes.
  fileprivate var isSimple: Bool { action == .create && notes.isEmpty }

  /// Whether the row may need attention.
  fileprivate var isNotable: Bool { action != .unchanged && !isSimple }
}

extension String {
  /// The text as a code span, such as a command to copy.
  var markdownCode: String {
    // A span ends at the next run of as many backticks.
    let longest = split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    return longest == 0 ? fence + self + fence : "\(fence) \(self) \(fence)"
  }

  /// The text, escaped so that it stays in a table cell and formats nothing.
  fileprivate var markdownCell: String {
    escapingControls().reduce(into: "") { result, character in
      if "\\`*_{}[]<>()#+!|~".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
