import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// A plan with a selection of its rows to show.
struct ShownPlan {
  let plan: SeedPlan
  /// The rows to show: the plan's own, some of them, or another listing.
  let rows: SeedPlanRows
  /// How the shown rows were selected.
  let run: SeedRunOptions

  /// The number of shown and hidden rows, a folded one counted per organization; `nil` without a
  /// filter.
  func filtered() throws -> (shown: Int, leftOut: Int)? {
    guard !run.filter.includesAll else { return nil }
    let shown = try rows.summary().total
    return (shown, plan.summary.total - shown)
  }

  /// The number of shown and hidden rows in words; `nil` without a filter.
  ///
  /// - Parameter showsUnchanged: Whether rows that are up to date are shown like all others.
  /// - Returns: The numbers, a folded row counted per organization.
  /// - Throws: Errors of reading the rows.
  func filteredInWords(showsUnchanged: Bool = false) throws -> String? {
    guard !run.filter.includesAll else { return nil }
    let summary = try rows.summary()
    let unchanged = showsUnchanged || asksForUnchanged ? 0 : summary[.unchanged]
    return "\(summary.total - unchanged) shown, "
      + (unchanged > 0 ? "\(unchanged) unchanged, " : "")
      + "\(plan.summary.total - summary.total) left out"
  }

  /// Whether the filter names rows that are up to date, which are otherwise only counted.
  var asksForUnchanged: Bool {
    run.filter.actions.contains(.unchanged)
      || run.filter.codes.contains { $0.actions.contains(.unchanged) }
  }

  /// The JSON members about hidden rows.
  func filteredMembers() throws -> JSONObject {
    guard let (shown, leftOut) = try filtered() else { return [:] }
    return ["filtered": ["shown": .integer(shown), "left_out": .integer(leftOut)]]
  }
}

extension SeedRequest {
  /// The plan of some findings, with the rows to show.
  func shownPlan(_ findings: SeedFindings) throws -> ShownPlan {
    ShownPlan(plan: plan(findings), rows: try shownRows(findings), run: run)
  }
}
