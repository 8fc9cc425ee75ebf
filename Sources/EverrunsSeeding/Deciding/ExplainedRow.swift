/// A row of a plan with the rules that led to it.
package struct ExplainedRow: Sendable {
  /// The row.
  package let row: SeedPlanRow
  /// The rules that were asked, in order.
  package let trace: DecisionTrace

  package init(row: SeedPlanRow, trace: DecisionTrace) {
    self.row = row
    self.trace = trace
  }
}
