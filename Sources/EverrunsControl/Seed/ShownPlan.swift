import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// A plan with those of its rows that are shown.
struct ShownPlan {
  let plan: SeedPlan
  /// The rows that are shown; the plan's own, or some of them, or in another listing.
  let rows: SeedPlanRows
  /// How the shown rows came about.
  let run: SeedRunOptions

  /// How many rows are shown and how many are left out, a folded one counted for each of its
  /// organizations; `nil` if nothing was filtered out.
  func filtered() throws -> (shown: Int, leftOut: Int)? {
    guard !run.filter.includesAll else { return nil }
    let shown = try rows.summary().total
    return (shown, plan.summary.total - shown)
  }

  /// What programs are told about the rows that are left out.
  func filteredMembers() throws -> JSONObject {
    guard let (shown, leftOut) = try filtered() else { return [:] }
    return ["filtered": ["shown": .integer(shown), "left_out": .integer(leftOut)]]
  }
}

extension SeedRequest {
  /// The plan of what was found in a store, with the rows that are to be shown.
  func shownPlan(_ findings: SeedFindings) throws -> ShownPlan {
    ShownPlan(plan: plan(findings), rows: try shownRows(findings), run: run)
  }
}
