import EverrunsSeeding
import GRDB

/// The plan of the built-in harnesses of organizations, and of the settings that name them.
///
/// SQL observes, a thousand organizations per statement: it notes each harness that differs from
/// its template, with the facts that say how (``HarnessFacts``), and counts organizations by these
/// facts. The few distinct cases are decided by the pure functions of `EverrunsSeeding`. The
/// decisions are stored next to the observations in `temp.decided_cases`, which the preview
/// (``HarnessPlanRows``) and the apply (``HarnessWriter``) join.
struct HarnessPlan {
  let context: PlanContext
  let cases: DecidedCases

  /// Observes and decides.
  init(_ context: PlanContext, progress: ProgressReport) throws {
    self.context = context
    ComparisonFunctions.add(to: context.db)
    try DesiredTables(context).fill()
    try context.db.createTemporaryTables(ObservationTable.definitions)
    cases = try DecidedCases(context)
    let harnesses = HarnessObservation(context)
    let settings = SettingObservation(context)
    let orphans = OrphanObservation(context)
    let (cases, db, defaultOrganization) = (cases, context.db, context.defaultOrganization)
    let isPruning = context.options.prune == .delete
    try context.organizations.forEachChunk(.comparing, progress) { numbers in
      try harnesses.observe(numbers)
      try orphans.observe(numbers)
      try harnesses.findLookalikes(numbers)
      try cases.decideHarnesses(numbers)
      try orphans.observeAwaitedNames(numbers)
      try settings.observe(numbers)
      try cases.decideSettings(numbers)
      if !isPruning {
        try ObservationTable.orphans.addGroups(
          db, numbers, defaultOrganization: defaultOrganization)
      }
    }
    try context.organizations.forEachRepresentedChunk { numbers in
      for table in ObservationTable.allCases where table != .orphans || !isPruning {
        try table.repeatObservations(db, numbers)
        try table.addGroups(db, numbers, defaultOrganization: defaultOrganization)
      }
    }
    if isPruning {
      try orphans.observeUse()
      try ObservationTable.orphans.addGroups(
        db, 1...Int.max, defaultOrganization: defaultOrganization)
    }
  }

  /// The state of a template in organizations that were not compared, and its decision; `nil` if
  /// all were compared.
  func settled(_ ordinal: Int) -> (template: SettledTemplate, decision: HarnessDecision)? {
    guard context.organizations.settledCount > 0 else { return nil }
    let template = context.organizations.settled[ordinal]
    return (template, cases.harness(ordinal, facts: template.observed.facts))
  }
}
