import Everruns
import Wording

/// Shows a plan as Markdown, for a comment on a review: what may need a decision first, then what
/// changes in each row, and what is simply made folded away.
enum PlanMarkdown {
  static func text(_ plan: SeedPlan) -> String {
    let shown = plan.rows.filter { $0.action != .unchanged }
    let simple = shown.filter { $0.action == .create && $0.notes.isEmpty }
    let notable = shown.filter { $0.action != .create || !$0.notes.isEmpty }
    let sections = [heading(plan), table(notable)] + notable.map(changes) + [creations(simple)]
    return sections.filter { !$0.isEmpty }
      .map { $0.map { $0 + "\n" }.joined() }
      .joined(separator: "\n")
  }

  private static func heading(_ plan: SeedPlan) -> [String] {
    let total = plan.summary.values.reduce(0, +)
    return [
      "### Seeding with `\(plan.header.platform.ref.escapingControls())`, "
        + "grade \(plan.header.grade.rawValue)", "",
      "**\(SeedPlan.summary(of: plan.rows))**; \(count(total, "row"))",
    ]
  }

  private static func table(_ rows: [SeedPlanRow]) -> [String] {
    guard !rows.isEmpty else { return [] }
    return ["| action | row | reason |", "|---|---|---|"]
      + rows.map { row in
        let reason = ([row.reason.message] + row.notes.map(\.message)).joined(separator: "; ")
        return "| \(row.action.rawValue) | \(name(of: row)) "
          + "| `\(row.reason.code.rawValue)` \(reason.markdownCell) |"
      }
  }

  /// What differs in a row, as the difference of a file is shown.
  private static func changes(_ row: SeedPlanRow) -> [String] {
    guard !row.changes.isEmpty else { return [] }
    let lines = row.changes.flatMap { change in
      ["@@ \(change.field) @@"]
        + LineDifference(from: text(of: change.before), to: text(of: change.after))
        .lines(style: .plain).map { $0.drop { $0 == " " } }.map(String.init)
    }
    // A fence ends at the next one that is as long.
    let longest = lines.joined(separator: "\n").split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return [name(of: row), "", fence + "diff"] + lines + [fence]
  }

  private static func creations(_ rows: [SeedPlanRow]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let number = rows.reduce(0) { $0 + ($1.organizations ?? 1) }
    return ["<details><summary>\(count(number, "row")) to create</summary>", ""]
      + rows.map { "- \(name(of: $0))" } + ["", "</details>"]
  }

  private static func name(of row: SeedPlanRow) -> String {
    "`\(row.address.description.escapingControls())`" + (row.organizations.map { " × \($0)" } ?? "")
  }

  private static func text(of value: JSONValue) -> String {
    if case .string(let text) = value { text } else { value.canonicalJSON }
  }
}

extension String {
  /// The text so that it stays in a cell of a table and formats nothing.
  fileprivate var markdownCell: String {
    escapingControls().reduce(into: "") { result, character in
      if "\\`*_{}[]<>()#+!|~".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
