import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// Something that organizations have: a template, a setting or an orphan.
protocol PlanSubject {
  var kind: RecordKind { get }
  var name: String { get }
  /// The table with its observations, and the value of `subject` there.
  var observations: (table: ObservationTable, subject: DatabaseValue) { get }
  /// The number of the outcome without an observation; `nil` if there is no row then.
  var unobservedOutcome: Int? { get }
  /// The outcome in organizations that were not compared, if it differs: its number, and the value
  /// of the observation.
  var settled: (outcome: Int, value: String)? { get }

  /// The outcome in an organization with an observation.
  func row(_ observation: Observation, _ db: Database) throws -> PlanRow
  /// The outcome in an organization without an observation, which was not compared if `isSettled`.
  func unobservedRow(_ db: Database, organization: Int, isSettled: Bool) throws -> PlanRow?
}

extension PlanSubject {
  var settled: (outcome: Int, value: String)? { nil }

  /// Whether an observation has the outcome of the organizations that were not compared.
  var isLikeSettled: String {
    settled.map { "(decided.outcome = \($0.outcome) AND observed.value = '\($0.value)')" } ?? "0"
  }

  /// Whether an observation has the outcome of organizations without one.
  var isLikeUnobserved: String {
    "(decided.outcome = \(unobservedOutcome ?? -1) OR \(isLikeSettled))"
  }

  /// A row of one organization.
  func planRow(
    _ row: PlanRow, _ scope: SeedAddress.Scope, _ organization: NamedOrganization
  ) -> ExplainedRow {
    ExplainedRow(
      row: SeedPlanRow(
        address: SeedAddress(kind, [name], in: scope), name: name, id: row.id,
        organization: organization.publicID, organizationName: organization.name,
        reason: row.reason, notes: row.notes, exists: row.exists, changes: row.changes),
      trace: row.trace)
  }

  /// A row of several organizations; `group` is its number if there are several such rows.
  func foldedRow(
    _ row: PlanRow, group: Int?, count: Int, examples: [NamedOrganization]
  ) -> ExplainedRow {
    ExplainedRow(
      row: SeedPlanRow(
        address: SeedAddress(kind, [name], in: group.map(SeedAddress.Scope.group) ?? .folded),
        name: name, id: nil, organization: nil, organizations: count, examples: examples,
        reason: row.reason, notes: row.notes, exists: row.exists, changes: row.changes),
      trace: row.trace)
  }
}

/// One row of a table of observations.
struct Observation {
  let facts: Int
  let value: String
  /// The id of the observed harness, if there is one.
  let harnessID: String?
  /// The row id of the harness.
  let harnessRow: Int?

  init(_ row: Row) {
    facts = row.integer("facts")
    value = row.text("value") ?? ""
    harnessID = row.text("harness_id")
    harnessRow = row.text("harness_row").flatMap { Int($0) }
  }
}

/// The row of one thing in one organization, with the trace of its decision.
struct PlanRow {
  var id: String?
  let reason: SeedReason
  var notes: [SeedNote] = []
  var exists: Bool?
  var changes: [FieldChange] = []
  let trace: DecisionTrace
}

/// A template of the definition.
struct HarnessSubject: PlanSubject {
  private let harness: DesiredHarness
  private let ordinal: Int
  private let held: (template: SettledTemplate, decision: HarnessDecision)?
  private let cases: DecidedCases

  init(_ plan: HarnessPlan, ordinal: Int) {
    harness = plan.context.desired.harnesses[ordinal]
    self.ordinal = ordinal
    cases = plan.cases
    held = plan.settled(ordinal)
  }

  let kind = RecordKind.harness
  var name: String { harness.template.name }
  var observations: (table: ObservationTable, subject: DatabaseValue) {
    (.harnesses, ordinal.databaseValue)
  }
  private var exact: ObservedHarness { .exact(hasParent: harness.parent != nil) }
  var unobservedOutcome: Int? { cases.outcome(of: cases.harness(ordinal, facts: exact.facts)) }
  var settled: (outcome: Int, value: String)? {
    held.flatMap { held in
      held.decision.fields.isEmpty
        ? nil : (cases.outcome(of: held.decision), held.template.digest)
    }
  }

  func row(_ observation: Observation, _ db: Database) throws -> PlanRow {
    var trace = DecisionTrace()
    let decision = decide(
      harness, ObservedHarness(facts: observation.facts, value: observation.value), trace: &trace)
    var row = PlanRow(
      id: decision.takesSeedID ? harness.template.seedID : observation.harnessID,
      reason: decision.reason, notes: decision.notes,
      changes: decision.previousName.map { previous in
        [FieldChange(field: "name", before: .string(previous), after: .string(name))]
      } ?? [], trace: trace)
    if !decision.fields.isEmpty {
      row.changes += try HarnessContent(db, row: observation.harnessRow, fields: decision.fields)
        .changes(
          to: decision.takesParent ? harness.content : harness.contentWithoutParent)
    }
    return row
  }

  func unobservedRow(_ db: Database, organization: Int, isSettled: Bool) throws -> PlanRow? {
    let statement = try db.cachedStatement(
      sql: "SELECT id FROM harnesses WHERE org_id = ? AND name = ?")
    let rows = try Row.fetchCursor(statement, arguments: [organization, name])
    let id = try rows.next()?.text("id")
    let template = isSettled ? held?.template : nil
    var trace = DecisionTrace()
    let decision = decide(harness, template?.observed ?? exact, trace: &trace)
    return PlanRow(
      id: id, reason: decision.reason, notes: decision.notes,
      changes: template?.changes(to: harness.content) ?? [], trace: trace)
  }
}

/// A built-in harness that belongs to no template.
struct OrphanSubject: PlanSubject {
  let name: String
  private let prune: SeedOptions.Prune?

  init(_ plan: HarnessPlan, name: String) {
    self.name = name
    prune = plan.context.options.prune
  }

  let kind = RecordKind.harness
  var observations: (table: ObservationTable, subject: DatabaseValue) {
    (.orphans, name.databaseValue)
  }
  let unobservedOutcome: Int? = nil

  func row(_ observation: Observation, _ db: Database) -> PlanRow {
    var trace = DecisionTrace()
    let reason = decide(
      ObservedOrphan(facts: observation.facts, user: observation.value), prune: prune,
      trace: &trace)
    return PlanRow(id: observation.harnessID, reason: reason, trace: trace)
  }

  func unobservedRow(_ db: Database, organization: Int, isSettled: Bool) -> PlanRow? { nil }
}

/// A setting that holds the harness of a role.
struct SettingSubject: PlanSubject {
  private let setting: DesiredHarnessSetting
  private let index: Int
  private let cases: DecidedCases

  init(_ plan: HarnessPlan, index: Int) {
    setting = plan.context.desired.harnessSettings[index]
    self.index = index
    cases = plan.cases
  }

  /// The outcome without an observation: the setting names the harness of its role, or is unset if
  /// no template has the role.
  private var plain: ObservedSetting { ObservedSetting(setting.harness == nil ? .unset : .wanted) }

  let kind = RecordKind.organizationSettings
  var name: String { setting.setting.rawValue }
  var observations: (table: ObservationTable, subject: DatabaseValue) {
    (.settings, index.databaseValue)
  }
  var unobservedOutcome: Int? {
    var trace = DecisionTrace()
    return cases.outcome(of: cases.decide(setting, plain, trace: &trace))
  }

  func row(_ observation: Observation, _ db: Database) -> PlanRow {
    row(ObservedSetting(facts: observation.facts, value: observation.value))
  }

  func unobservedRow(_ db: Database, organization: Int, isSettled: Bool) -> PlanRow? {
    row(plain)
  }

  private func row(_ observed: ObservedSetting) -> PlanRow {
    var trace = DecisionTrace()
    let decision = cases.decide(setting, observed, trace: &trace)
    return PlanRow(
      reason: decision.reason, notes: decision.notes, exists: decision.exists,
      changes: decision.changes(of: setting.setting), trace: trace)
  }
}
