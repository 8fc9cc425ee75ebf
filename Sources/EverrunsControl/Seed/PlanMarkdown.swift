import Everruns
import Wording

/// Shows a plan as Markdown, for a comment on a review.
enum PlanMarkdown {
  static func text(_ plan: SeedPlan) -> String {
    let shown = plan.rows.filter { $0.action != .unchanged }
    var lines = [
      "### Seeding with `\(plan.header.platform.ref.escapingControls())`, grade \(plan.header.grade.rawValue)",
      "",
      "**\(SeedPlan.summary(of: plan.rows))**",
    ]
    if !shown.isEmpty {
      lines += ["", "| action | row | reason |", "|---|---|---|"]
      lines += shown.map { row in
        let folded = row.organizations.map { " × \($0)" } ?? ""
        let reason = ([row.reason.message] + row.notes.map(\.message)).joined(separator: "; ")
        return
          "| \(row.action.rawValue) | `\(row.address.description.escapingControls())`\(folded) "
          + "| `\(row.reason.code.rawValue)` \(reason.markdownCell) |"
      }
    }
    return lines.map { $0 + "\n" }.joined()
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
