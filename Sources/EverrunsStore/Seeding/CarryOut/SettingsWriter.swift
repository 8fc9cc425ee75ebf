import GRDB

/// Carries out what was decided about settings.
struct SettingsWriter {
  private let db: Database
  private let settings: [NamedSetting]
  private let newIDs: NewHarnessIDs

  init(_ context: PlanContext, _ newIDs: NewHarnessIDs) {
    db = context.db
    settings = context.settings
    self.newIDs = newIDs
  }

  /// Writes the settings; a new settings row gets all of them at once.
  ///
  /// An existing row only gets the settings that were decided: a dangling value must not be written
  /// again.
  func write(_ range: WriteRange) throws {
    guard !settings.isEmpty else { return }
    let written = """
      FROM temp.observed_settings observed \(ObservationTable.settings.decided())
      WHERE \(WriteRange.contains) AND decided.write
      """
    let columns = settings.map(\.column).joined(separator: ", ")
    // The catalog rows, which are written earlier, may have created a settings row.
    let merged = settings.map { "\($0.column) = coalesce(excluded.\($0.column), \($0.column))" }
    let ids = settings.map { setting in
      "max(CASE WHEN observed.subject = \(setting.index) THEN \(id(of: setting)) END)"
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO organization_settings (org_id, \(columns))
        SELECT observed.org_id, \(ids.joined(separator: ", ")) \(written) AND NOT observed.has_row
        GROUP BY observed.organization
        ON CONFLICT (org_id) DO UPDATE SET \(merged.joined(separator: ", "))
        """
    ).execute(arguments: range.arguments)
    try db.expectChanges(
      in: .organizationSettings,
      "count(DISTINCT observed.organization) \(written) AND NOT observed.has_row",
      range.arguments)
    for setting in settings {
      let changed = "\(written) AND observed.subject = \(setting.index) AND observed.has_row"
      try db.cachedStatement(
        sql: """
          UPDATE organization_settings SET \(setting.column) = changed.id
          FROM (SELECT observed.org_id, \(id(of: setting)) AS id \(changed)) changed
          WHERE changed.org_id = organization_settings.org_id
          """
      ).execute(arguments: range.arguments)
      try db.expectChanges(in: .organizationSettings, "count(*) \(changed)", range.arguments)
    }
  }

  /// The id of the harness that an observed setting should have.
  private func id(of setting: NamedSetting) -> String {
    "coalesce(observed.harness_id, \(newIDs.id("observed.organization", "\(setting.ordinal)")))"
  }
}
