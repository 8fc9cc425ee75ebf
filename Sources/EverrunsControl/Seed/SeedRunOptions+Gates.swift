import EverrunsSeeding

extension SeedRunOptions {
  /// Refuses a plan with rows that the gates forbid.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - next: The command that shows the plan.
  /// - Throws: ``ControlError/planDenied(_:next:)`` for outcomes that `--deny` names,
  ///   ``ControlError/rowsBlocked(_:next:)`` for blocked rows with `--strict`.
  func check(_ plan: SeedPlan, next: @autoclosure () -> String) throws {
    let found = denied.reduce(into: [(DeniedOutcome, Int)]()) { found, outcome in
      let count = outcome.count(in: plan.summary)
      if count > 0, !found.contains(where: { $0.0 == outcome }) { found.append((outcome, count)) }
    }
    if let first = found.first {
      throw ControlError.planDenied(
        found.map { "\($0.1) \($0.0.rawValue)" }, next: "\(next()) \(first.0.filter)")
    }
    let blocked = plan.summary[.blocked]
    if isStrict, blocked > 0 { throw ControlError.rowsBlocked(blocked, next: next()) }
  }
}
