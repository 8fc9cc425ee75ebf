import Everruns
import EverrunsDocuments
import EverrunsSeeding
import GRDB

/// A template of the definition.
struct HarnessSubject: PlanSubject {
  private let harness: DesiredHarness
  private let ordinal: Int
  /// How many templates there are.
  private let count: Int
  /// What organizations hold that were not looked at, if there are any.
  private let settled: SettledTemplate?

  init(_ plan: HarnessPlan, ordinal: Int) {
    harness = plan.desired.harnesses[ordinal]
    self.ordinal = ordinal
    count = plan.desired.harnesses.count
    settled =
      plan.organizations.settledCount == 0 ? nil : plan.organizations.settled[ordinal]
  }

  let kind = RecordKind.harness
  var name: String { harness.template.name }
  var notable: String {
    "(SELECT * FROM temp.seed_plan WHERE ordinal = :subject AND NOT \(HarnessPlan.isPlain))"
  }
  let groups = PlanGroups.harness.ofSubject
  var arguments: StatementArguments { ["subject": ordinal] }
  /// The default organization is the first of those that are compared.
  var isHome: String { "org_id = :home AND number = \(count + ordinal)" }
  let isPlainEverywhereElse = true
  var isSettledNotable: Bool { settled.map { !$0.fields.isEmpty } ?? false }
  var isLikeSettled: String {
    guard let settled, isSettledNotable else { return "0" }
    return """
      (finding = \(HarnessPlan.Finding.present.rawValue) AND NOT parent_is_owned
        AND fields = \(HarnessField.bits(of: settled.fields)) AND NOT is_edited
        AND variant = '\(settled.digest)')
      """
  }

  func outcome(_ row: Row, isHome: Bool, _ db: Database) throws -> PlanOutcome {
    let id = row.text("harness_id")
    let isWithoutParent = row.integer("parent_is_owned") != 0
    var notes = harness.notes
    if isWithoutParent, let parent = harness.parent {
      notes.append(.parentBlocked(parent))
    }
    switch HarnessPlan.Finding(rawValue: row.integer("finding")) {
    case .missing, nil:
      var outcome = PlanOutcome(reason: .missing(becomes: nil), notes: notes)
      if isHome, let seedID = harness.template.seedID {
        if try isTaken(seedID, db) {
          outcome.notes.append(.seedIDTaken(seedID))
        } else {
          outcome.id = seedID
        }
      }
      return outcome
    case .owned: return PlanOutcome(id: id, reason: .nameOwnedByOrganization(name))
    case .accepted: return PlanOutcome(id: id, reason: .ownHarnessAccepted)
    case .archived: return PlanOutcome(id: id, reason: .archived)
    case .adopted, .present:
      let fields = HarnessField.fields(row.integer("fields"))
      guard !fields.isEmpty else { return PlanOutcome(id: id, reason: .matches, notes: notes) }
      let changes = try HarnessContent(db, id: id ?? "", fields: fields).changes(
        to: isWithoutParent ? harness.contentWithoutParent : harness.content)
      let names = fields.map(\.rawValue)
      return PlanOutcome(
        id: id,
        reason: row.integer("is_edited") == 0
          ? .definitionChanged(fields: names) : .overwritesLocalEdit(fields: names),
        notes: notes, changes: changes)
    }
  }

  func impliedOutcome(
    _ db: Database, organization: Int, isSettled: Bool
  ) throws -> PlanOutcome? {
    let statement = try db.cachedStatement(
      sql: "SELECT id FROM harnesses WHERE org_id = ? AND name = ?")
    let id = try String.fetchOne(statement, arguments: [organization, name])
    guard isSettled, let settled, isSettledNotable else {
      return PlanOutcome(id: id, reason: .matches, notes: harness.notes)
    }
    return PlanOutcome(
      id: id, reason: .definitionChanged(fields: settled.fields.map(\.rawValue)),
      notes: harness.notes, changes: settled.changes(to: harness.content))
  }

  private func isTaken(_ id: String, _ db: Database) throws -> Bool {
    try Row.fetchOne(db, sql: "SELECT 1 FROM harnesses WHERE id = ?", arguments: [id]) != nil
  }
}

/// A built-in harness that the definition no longer has.
struct OrphanSubject: PlanSubject {
  let name: String
  private let prune: SeedOptions.Prune?

  init(_ plan: HarnessPlan, name: String) {
    self.name = name
    prune = plan.options.prune
  }

  let kind = RecordKind.harness
  let notable = "(SELECT * FROM temp.orphan_plan WHERE name = :subject)"
  let groups = PlanGroups.orphan.ofSubject
  var arguments: StatementArguments { ["subject": name] }
  let isPlainEverywhereElse = false

  func outcome(_ row: Row, isHome: Bool, _ db: Database) -> PlanOutcome {
    let reason: SeedReason =
      switch HarnessPlan.OrphanFinding(rawValue: row.integer("finding")) {
      case .inUse: .inUse(by: row.text("used_by") ?? "")
      case .pruned: prune.map(SeedReason.pruned) ?? .orphaned
      case .kept, nil: .orphaned
      }
    return PlanOutcome(id: row.text("harness_id"), reason: reason)
  }

  func impliedOutcome(_ db: Database, organization: Int, isSettled: Bool) -> PlanOutcome? { nil }
}

/// A setting that takes the harness of a template.
struct SettingSubject: PlanSubject {
  private let setting: HarnessPlan.NamedSetting
  private let appliedRoles: JSONObject

  init(_ setting: HarnessPlan.NamedSetting, appliedRoles: JSONObject) {
    self.setting = setting
    self.appliedRoles = appliedRoles
  }

  let kind = RecordKind.organizationSettings
  var name: String { setting.setting.setting.rawValue }
  let notable = "(SELECT * FROM temp.setting_plan WHERE setting = :subject)"
  let groups = PlanGroups.setting.ofSubject
  var arguments: StatementArguments { ["subject": setting.index] }
  let isPlainEverywhereElse = true

  func outcome(_ row: Row, isHome: Bool, _ db: Database) -> PlanOutcome {
    let role = setting.setting.role
    let harness = setting.harness
    let isWritten = row.integer("is_written") != 0
    if let chosen = row.text("chosen") {
      let hasMoved =
        row.integer("chosen_is_built_in") != 0
        && appliedRoles[role.rawValue] == .string(chosen) && chosen != harness
      let notes: [SeedNote] = hasMoved ? [.roleMoved(role, to: harness)] : []
      guard isWritten else {
        return PlanOutcome(reason: .keptOrganizationChoice(chosen: chosen), notes: notes)
      }
      return PlanOutcome(
        reason: .overwritesLocalEdit(fields: [setting.column]), notes: notes,
        changes: [
          FieldChange(field: setting.column, before: .string(chosen), after: .string(harness))
        ])
    }
    let notes = row.text("dangling").map { [SeedNote.settingDangling($0)] } ?? []
    guard isWritten else {
      return PlanOutcome(
        reason: .noHarnessForRole(role, blocked: harness), notes: notes,
        exists: row.integer("is_set") != 0)
    }
    return PlanOutcome(reason: .missing(becomes: harness), notes: notes)
  }

  func impliedOutcome(_ db: Database, organization: Int, isSettled: Bool) -> PlanOutcome? {
    PlanOutcome(reason: .matches)
  }
}

/// A setting whose role no template has: it is left as it is.
struct UnnamedSettingSubject: PlanSubject {
  private let setting: DesiredHarnessSetting
  private let organizations: String

  init(_ plan: HarnessPlan, _ setting: DesiredHarnessSetting) {
    self.setting = setting
    organizations = plan.organizations.table
  }

  let kind = RecordKind.organizationSettings
  var name: String { setting.setting.rawValue }
  /// The organizations that have the setting all the same.
  var notable: String {
    """
    (SELECT o.org_id, o.public_id, 1 AS is_set FROM organization_settings s
     JOIN \(organizations) o ON o.org_id = s.org_id
     WHERE s.\(setting.setting.column) IS NOT NULL)
    """
  }
  var groups: String {
    """
    (SELECT *, count(*) AS organizations, min(public_id) AS first_public_id FROM \(notable)
     WHERE org_id <> :home HAVING count(*) > 0)
    """
  }
  let arguments: StatementArguments = [:]
  let isPlainEverywhereElse = true

  func outcome(_ row: Row, isHome: Bool, _ db: Database) -> PlanOutcome { outcome(exists: true) }

  func impliedOutcome(_ db: Database, organization: Int, isSettled: Bool) -> PlanOutcome? {
    outcome(exists: false)
  }

  private func outcome(exists: Bool) -> PlanOutcome {
    PlanOutcome(reason: .noHarnessForRole(setting.role, blocked: nil), exists: exists)
  }
}
