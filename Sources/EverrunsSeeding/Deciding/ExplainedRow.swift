/// A row of a plan with the trace of its decision.
package struct ExplainedRow: Sendable {
  /// The row.
  package let row: SeedPlanRow
  /// The rules that were checked, in order.
  package let trace: DecisionTrace

  package init(row: SeedPlanRow, trace: DecisionTrace) {
    self.row = row
    self.trace = trace
  }
}
