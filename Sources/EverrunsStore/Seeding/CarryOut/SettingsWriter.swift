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
    let new = "count(DISTINCT CASE WHEN NOT observed.has_row THEN observed.organization END)"
    let planned = try db.plannedChanges(
      [("new", new)] + settings.map { ($0.column, "sum(observed.has_row AND \(isSubject($0)))") },
      written, range.arguments)
    if planned.integer("new") > 0 {
      try insert("\(written) AND NOT observed.has_row", range)
      try db.expectChanges(planned.integer("new"), in: .organizationSettings)
    }
    for setting in settings where planned.integer(setting.column) > 0 {
      try update(setting, "\(written) AND \(isSubject(setting)) AND observed.has_row", range)
      try db.expectChanges(planned.integer(setting.column), in: .organizationSettings)
    }
  }

  private func insert(_ new: String, _ range: WriteRange) throws {
    let columns = settings.map(\.column).joined(separator: ", ")
    // The catalog rows, which are written earlier, may have created a settings row.
    let merged = settings.map { "\($0.column) = coalesce(excluded.\($0.column), \($0.column))" }
    let ids = settings.map { "max(CASE WHEN \(isSubject($0)) THEN \(id(of: $0)) END)" }
    try db.cachedStatement(
      sql: """
        INSERT INTO organization_settings (org_id, \(columns))
        SELECT observed.org_id, \(ids.joined(separator: ", ")) \(new)
        GROUP BY observed.organization
        ON CONFLICT (org_id) DO UPDATE SET \(merged.joined(separator: ", "))
        """
    ).execute(arguments: range.arguments)
  }

  private func update(_ setting: NamedSetting, _ changed: String, _ range: WriteRange) throws {
    try db.cachedStatement(
      sql: """
        UPDATE organization_settings SET \(setting.column) = changed.id
        FROM (SELECT observed.org_id, \(id(of: setting)) AS id \(changed)) changed
        WHERE changed.org_id = organization_settings.org_id
        """
    ).execute(arguments: range.arguments)
  }

  private func isSubject(_ setting: NamedSetting) -> String {
    "observed.subject = \(setting.index)"
  }

  /// The id of the harness that an observed setting should have.
  private func id(of setting: NamedSetting) -> String {
    "coalesce(observed.harness_id, \(newIDs.id("observed.organization", "\(setting.ordinal)")))"
  }
}
