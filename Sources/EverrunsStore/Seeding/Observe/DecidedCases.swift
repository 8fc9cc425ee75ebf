import EverrunsSeeding
import GRDB

/// The distinct cases that were observed, each decided once, however many organizations have it.
///
/// The decisions are kept here for the rows of the plan, and in `temp.decided_cases` for the
/// statements that join them.
final class DecidedCases {
  private struct Case: Hashable {
    let subject: Int
    let facts: Int
  }

  /// The outcome of a row; rows with equal outcomes fold.
  private struct Outcome: Hashable {
    let reason: SeedReason
    var notes: [SeedNote] = []
    var fields: [HarnessField] = []
    var exists: Bool?
  }

  private let context: PlanContext
  private var harnesses: [Case: HarnessDecision] = [:]
  private var decidedSettings: Set<Case> = []
  private var outcomes: [Outcome: Int] = [:]

  init(_ context: PlanContext) throws {
    self.context = context
    try decideOrphans()
  }

  // MARK: Deciding

  /// Decides the new cases of harnesses in a batch of organizations.
  func decideHarnesses(_ numbers: ClosedRange<Int>) throws {
    for observed in try newCases(.harnesses, numbers) where harnesses[observed] == nil {
      let decision = decide(observed)
      harnesses[observed] = decision
      // What a row holds tells changes apart, and what it looks like creations.
      let showsValue = !decision.fields.isEmpty || decision.write == .create
      try context.db.execute(
        literal: """
          INSERT INTO temp.decided_cases (id, source, subject, facts, outcome, shows_value, write,
            fields, takes_parent, takes_seed_id, acceptance, is_usable, leaves_exact, renames,
            keeps_previous_row)
          VALUES (\(id(of: observed, in: .harnesses)),
            \(ObservationTable.harnesses.rawValue), \(observed.subject), \(observed.facts),
            \(outcome(of: decision)), \(showsValue), \(decision.write.rawValue),
            \(HarnessField.bits(of: decision.fields)), \(decision.takesParent),
            \(decision.takesSeedID), \(decision.acceptance.rawValue), \(decision.isUsable),
            \(decision.leavesExact), \(decision.previousName != nil), \(decision.keepsPreviousRow))
          """)
    }
  }

  /// Decides the new cases of settings in a batch of organizations.
  func decideSettings(_ numbers: ClosedRange<Int>) throws {
    for observed in try newCases(.settings, numbers)
    where decidedSettings.insert(observed).inserted {
      var trace = DecisionTrace()
      // The row that a setting names only affects the wording, not the decision.
      let decision = decide(
        context.desired.harnessSettings[observed.subject],
        ObservedSetting(facts: observed.facts, value: ""), trace: &trace)
      try insert(.settings, observed, outcome(of: decision), write: decision.writes)
    }
  }

  private func decideOrphans() throws {
    for facts in 0..<ObservedOrphan.Fact.combinations {
      var trace = DecisionTrace()
      let reason = EverrunsSeeding.decide(
        ObservedOrphan(facts: facts, user: ""), prune: context.options.prune, trace: &trace)
      try insert(
        .orphans, Case(subject: 0, facts: facts), number(of: Outcome(reason: reason)),
        write: reason.action.writes)
    }
  }

  private func insert(
    _ table: ObservationTable, _ observed: Case, _ outcome: Int, write: Bool
  ) throws {
    try context.db.execute(
      literal: """
        INSERT INTO temp.decided_cases (id, source, subject, facts, outcome, shows_value, write)
        VALUES (\(id(of: observed, in: table)),
          \(table.rawValue), \(observed.subject), \(observed.facts), \(outcome), 1, \(write))
        """)
  }

  private func id(of observed: Case, in table: ObservationTable) -> SQL {
    SQL(sql: table.caseID(subject: "\(observed.subject)", facts: "\(observed.facts)"))
  }

  /// The cases of a batch of organizations, except those that are already counted.
  private func newCases(
    _ table: ObservationTable, _ numbers: ClosedRange<Int>
  ) throws -> [Case] {
    let db = context.db
    let known =
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT max(number) FROM temp.observation_groups")) ?? 0
    try table.addGroups(db, numbers, defaultOrganization: context.defaultOrganization)
    // The default organization is never counted; it is the first of the compared ones.
    let statement = try db.cachedStatement(
      sql: """
        SELECT subject, facts FROM temp.observation_groups
        WHERE number > :known AND source = \(table.rawValue)
        UNION SELECT subject, facts FROM \(table.name)
        WHERE organization = 1 AND organization BETWEEN :first AND :last
        """)
    return try Row.fetchAll(statement, arguments: numbers.arguments + ["known": known]).map {
      Case(subject: $0.integer("subject"), facts: $0.integer("facts"))
    }
  }

  // MARK: Decisions

  /// Decides a template in an organization with these facts.
  func harness(_ ordinal: Int, facts: Int) -> HarnessDecision {
    let observed = Case(subject: ordinal, facts: facts)
    return harnesses[observed] ?? decide(observed)
  }

  /// Decides a setting.
  func decide(
    _ setting: DesiredHarnessSetting, _ observed: ObservedSetting, trace: inout DecisionTrace
  ) -> SettingDecision {
    EverrunsSeeding.decide(
      setting, observed, overwrites: context.options.overwrites, trace: &trace)
  }

  /// The number of a harness outcome.
  func outcome(of decision: HarnessDecision) -> Int {
    number(
      of: Outcome(reason: decision.reason, notes: decision.notes, fields: decision.fields))
  }

  /// The number of a setting outcome.
  func outcome(of decision: SettingDecision) -> Int {
    number(
      of: Outcome(reason: decision.reason, notes: decision.notes, exists: decision.exists))
  }

  private func number(of outcome: Outcome) -> Int {
    if let number = outcomes[outcome] { return number }
    let number = outcomes.count
    outcomes[outcome] = number
    return number
  }

  /// The ordinals of the templates with a row that has this decision.
  func ordinals(where isWanted: (HarnessDecision) -> Bool) -> [Int] {
    Set(harnesses.filter { isWanted($0.value) }.map(\.key.subject)).sorted()
  }

  private func decide(_ observed: Case) -> HarnessDecision {
    var trace = DecisionTrace()
    return EverrunsSeeding.decide(
      context.desired.harnesses[observed.subject], ObservedHarness(facts: observed.facts),
      trace: &trace)
  }
}
