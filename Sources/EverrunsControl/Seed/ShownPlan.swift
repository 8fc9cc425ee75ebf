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

  /// The summary of the shown rows; `nil` without a filter.
  private func filteredSummary() throws -> SeedSummary? {
    run.filter.includesAll ? nil : try rows.summary()
  }

  /// The number of shown and hidden rows in words; `nil` without a filter.
  ///
  /// - Parameter showsUnchanged: Whether rows that are up to date are shown like all others.
  /// - Returns: The numbers, a folded row counted per organization.
  /// - Throws: Errors of reading the rows.
  func filteredInWords(showsUnchanged: Bool = false) throws -> String? {
    guard let summary = try filteredSummary() else { return nil }
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
    guard let shown = try filteredSummary()?.total else { return [:] }
    let leftOut = plan.summary.total - shown
    return ["filtered": ["shown": .integer(shown), "left_out": .integer(leftOut)]]
  }
}

extension SeedRequest {
  /// The plan of some findings, with the rows to show.
  func shownPlan(_ findings: SeedFindings) throws -> ShownPlan {
    ShownPlan(plan: plan(findings), rows: try shownRows(findings), run: run)
  }
}
