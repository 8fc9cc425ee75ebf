package import Everruns

/// The target that a setting should have.
package enum WantedSetting: Sendable, Hashable {
  /// No row, for this reason.
  case none(SeedReason)
  /// The row with this name.
  ///
  /// - Parameter blocked: The reason, if the row cannot be used in the organization.
  case row(name: String, role: HarnessRole?, blocked: SeedReason)
}

/// The decision about one setting of an organization.
package struct SettingDecision: Sendable, Hashable {
  /// The reason, which determines the action.
  package var reason: SeedReason
  /// The notes.
  package var notes: [SeedNote] = []
  /// For skipped settings: whether they have a value.
  package var exists: Bool?
  /// For overwritten settings: the old and the new target.
  package var change: Change?

  /// The names of a setting's old and new target.
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

/// Decides one setting of an organization.
///
/// | desired target | current target | reason |
/// |---|---|---|
/// | none | any | the cause, `no_harness_for_role` or `default_model_skipped` |
/// | a row | that row | `matches` |
/// | a row | another row | `kept_org_choice`; `overwrites_local_edit` with `--overwrite` |
/// | a row | unset or dangling | `missing` |
/// | a row that is blocked | unset or dangling | `no_harness_for_role` |
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
    trace.ask("refers to", "'\(name)'", from: .store)
    return SettingDecision(reason: .matches)
  case .other(let chosen):
    trace.ask("refers to", "'\(chosen)'", from: .store)
    let notes =
      observed.namesFormerRoleHarness
      ? role.map { [SeedNote.roleMoved($0, to: name)] } ?? [] : []
    if overwrites { trace.ask("local edits are overwritten", given: .overwrite, overwrites) }
    guard overwrites, observed.canNameWanted else {
      return SettingDecision(reason: .keptOrganizationChoice(chosen: chosen), notes: notes)
    }
    return SettingDecision(
      reason: .overwritesLocalEdit(
        fields: [setting.column], winner: role == nil ? .catalog : .definition),
      notes: notes,
      change: SettingDecision.Change(before: chosen, after: name))
  case .unset, .dangling:
    var notes: [SeedNote] = []
    if case .dangling(let id) = observed.current {
      trace.ask("its organization has the row that it refers to", "no, '\(id)'", from: .store)
      notes = [.settingDangling(id)]
    }
    guard observed.canNameWanted else {
      trace.ask("its target can be used here", "no, '\(name)'", from: .store)
      return SettingDecision(reason: blocked, notes: notes, exists: observed.isSet)
    }
    return SettingDecision(reason: .missing(becomes: name), notes: notes)
  }
}

/// Decides a setting that holds the harness of a role.
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
