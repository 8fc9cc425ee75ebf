import Everruns
import EverrunsSeeding
import GRDB

/// Observes the settings that hold the harness of a template.
struct SettingObservation {
  private let context: PlanContext

  init(_ context: PlanContext) {
    self.context = context
  }

  /// Notes every setting that does not name the harness of its role, or that is set although no
  /// template has its role.
  func observe(_ numbers: ClosedRange<Int>) throws {
    for setting in context.settings {
      try context.db.cachedStatement(sql: statement(setting)).execute(
        arguments: numbers.arguments + [
          "harness": setting.harness,
          "former": context.appliedRoles[setting.setting.role.rawValue],
        ])
    }
    for (index, setting) in context.desired.harnessSettings.enumerated()
    where setting.harness == nil {
      try context.db.cachedStatement(sql: statement(withoutHarness: setting, index))
        .execute(arguments: numbers.arguments)
    }
  }

  private func statement(_ setting: NamedSetting) -> String {
    typealias Kind = ObservedSetting.Kind
    typealias Fact = ObservedSetting.Fact
    let value = "settings.\(setting.column)"
    return """
      INSERT INTO temp.observed_settings (organization, subject, org_id, public_id, facts, value,
        harness_id, has_row)
      SELECT observed.organization, \(setting.index), observed.org_id, observed.public_id,
        CASE WHEN \(value) IS NULL THEN \(Kind.unset.rawValue)
            WHEN chosen._rowid_ IS NULL THEN \(Kind.dangling.rawValue)
            ELSE \(Kind.other.rawValue) END * \(Fact.current.weight)
          + coalesce(\(HarnessFacts.isBuiltIn("chosen")) AND chosen.name = :former AND chosen.name <> :harness, 0)
            * \(Fact.namesFormerRoleHarness.weight)
          + decided.is_usable * \(Fact.canNameWanted.weight),
        coalesce(chosen.name, \(value), ''), observed.harness_id, settings.org_id IS NOT NULL
      FROM temp.observed_harnesses observed
      \(ObservationTable.harnesses.decided())
      LEFT JOIN organization_settings settings ON settings.org_id = observed.org_id
      LEFT JOIN harnesses chosen
        ON chosen.id = \(value) AND chosen.org_id = observed.org_id
      WHERE observed.organization BETWEEN :first AND :last AND observed.subject = \(setting.ordinal)
        AND observed.settings & \(setting.bit)
      """
  }

  private func statement(withoutHarness setting: DesiredHarnessSetting, _ index: Int) -> String {
    """
    INSERT INTO temp.observed_settings (organization, subject, org_id, public_id, facts, value, has_row)
    SELECT organization.number, \(index), organization.org_id, organization.public_id,
      \(ObservedSetting.Kind.other.rawValue * ObservedSetting.Fact.current.weight), '', 1
    FROM temp.compared_organizations organization
    JOIN organization_settings settings ON settings.org_id = organization.org_id
    WHERE organization.number BETWEEN :first AND :last
      AND settings.\(setting.setting.column) IS NOT NULL
    """
  }
}
