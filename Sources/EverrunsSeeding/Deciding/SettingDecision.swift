package import Everruns

/// The row that a setting should name.
package enum WantedSetting: Sendable, Hashable {
  /// None, for this reason.
  case none(SeedReason)
  /// The row of this name.
  ///
  /// - Parameter blocked: The reason where the row cannot be used in the organization.
  case row(name: String, role: HarnessRole?, blocked: SeedReason)
}

/// What becomes of one setting of an organization.
package struct SettingDecision: Sendable, Hashable {
  /// Why the setting has its action.
  package var reason: SeedReason
  /// What else is worth knowing.
  package var notes: [SeedNote] = []
  /// For settings that are skipped: whether they hold anything.
  package var exists: Bool?
  /// For settings that are overwritten: what they name before and after.
  package var change: Change?

  /// The names of what a setting names before and after it is overwritten.
  package struct Change: Sendable, Hashable {
    package let before: String
    package let after: String

    package init(before: String, after: String) {
      self.before = before
      self.after = after
    }
  }

  /// Whether the setting is written.
  package var writes: Bool { reason.action.writes }
}

/// Decides what becomes of a setting of an organization.
///
/// | the setting should name | it names | reason |
/// |---|---|---|
/// | nothing | anything | the reason why, `no_harness_for_role` or `default_model_skipped` |
/// | a row | that row | `matches` |
/// | a row | another one | `kept_org_choice`; `overwrites_local_edit` with `--overwrite` |
/// | a row | nothing, or a row that does not exist | `missing` |
/// | a row that cannot be used here | nothing, or a row that does not exist | `no_harness_for_role` |
package func decide(
  _ setting: OrganizationSetting, names wanted: WantedSetting, _ observed: ObservedSetting,
  overwrites: Bool, trace: inout DecisionTrace
) -> SettingDecision {
  trace.ask("is set", observed.isSet, from: .store)
  let name: String
  let role: HarnessRole?
  let blocked: SeedReason
  switch wanted {
  case .none(let reason): return SettingDecision(reason: reason, exists: observed.isSet)
  case .row(let wantedName, let wantedRole, let reason):
    (name, role, blocked) = (wantedName, wantedRole, reason)
  }
  switch observed.current {
  case .wanted:
    trace.ask("names", "'\(name)'", from: .store)
    return SettingDecision(reason: .matches)
  case .other(let chosen):
    trace.ask("names", "'\(chosen)'", from: .store)
    let notes =
      observed.namesFormerRoleHarness
      ? role.map { [SeedNote.roleMoved($0, to: name)] } ?? [] : []
    if overwrites { trace.ask("edits are overwritten", given: .overwrite, overwrites) }
    guard overwrites, observed.canNameWanted else {
      return SettingDecision(reason: .keptOrganizationChoice(chosen: chosen), notes: notes)
    }
    return SettingDecision(
      reason: .overwritesLocalEdit(fields: [setting.column]), notes: notes,
      change: SettingDecision.Change(before: chosen, after: name))
  case .unset, .dangling:
    var notes: [SeedNote] = []
    if case .dangling(let id) = observed.current {
      trace.ask("what it names exists", "no, '\(id)'", from: .store)
      notes = [.settingDangling(id)]
    }
    guard observed.canNameWanted else {
      trace.ask("'\(name)' can be used here", "no", from: .store)
      return SettingDecision(reason: blocked, notes: notes, exists: observed.isSet)
    }
    return SettingDecision(reason: .missing(becomes: name), notes: notes)
  }
}

/// Decides what becomes of a setting that takes the harness of a role.
package func decide(
  _ setting: DesiredHarnessSetting, _ observed: ObservedSetting, overwrites: Bool,
  trace: inout DecisionTrace
) -> SettingDecision {
  trace.ask(
    "the harness with the role '\(setting.role.rawValue)'", setting.harness ?? "none",
    from: .platform)
  let wanted: WantedSetting =
    setting.harness.map { harness in
      .row(
        name: harness, role: setting.role,
        blocked: .noHarnessForRole(setting.role, blocked: harness))
    } ?? .none(.noHarnessForRole(setting.role, blocked: nil))
  return decide(
    setting.setting, names: wanted, observed, overwrites: overwrites, trace: &trace)
}
