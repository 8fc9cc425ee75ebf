import EverrunsSeeding

extension SeedRunOptions {
  /// The outcomes of a plan that `--deny` forbids, each with its number of rows.
  func deniedRows(in plan: SeedPlan) -> [(outcome: DeniedOutcome, count: Int)] {
    denied.reduce(into: []) { found, outcome in
      let count = outcome.count(in: plan.summary)
      if count > 0, !found.contains(where: { $0.outcome == outcome }) {
        found.append((outcome, count))
      }
    }
  }

  /// Refuses a plan with rows that the gates forbid.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - isPreview: Whether the command only shows plans.
  ///   - next: The command that shows the plan.
  /// - Throws: ``ControlError/planDenied(_:isPreview:next:)`` for outcomes that `--deny` names,
  ///   ``ControlError/rowsBlocked(_:next:)`` for blocked rows with `--strict`.
  func check(_ plan: SeedPlan, isPreview: Bool = false, next: @autoclosure () -> String) throws {
    let found = deniedRows(in: plan)
    if !found.isEmpty {
      throw ControlError.planDenied(
        found.map { "\($0.count) \($0.outcome.rawValue)" }, isPreview: isPreview,
        next: "\(next()) \(DeniedOutcome.filter(for: found.map(\.outcome), in: plan.summary))")
    }
    let blocked = plan.summary[.blocked]
    if isStrict, blocked > 0 { throw ControlError.rowsBlocked(blocked, next: next()) }
  }
}
