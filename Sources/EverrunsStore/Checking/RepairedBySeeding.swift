import Everruns
import EverrunsSeeding
import GRDB

/// What seeding with the definition in use repairs.
struct RepairedBySeeding {
  /// The desired state; `nil` if it is not known, so that every built-in harness may have a template
  /// and every role a harness.
  private let desired: SeedDesiredState?
  /// The names of the templates.
  private let templates: Set<String>

  /// - Parameter basis: The inputs of seeding; `nil` if they cannot be loaded, as while the schema is
  ///   damaged.
  init(_ basis: SeedBasis?) {
    desired = basis?.desiredState
    templates = Set(desired?.harnesses.map(\.template.name) ?? [])
  }

  /// Whether seeding overwrites the content of the harness with this key: a built-in one that has a
  /// template and is not archived.
  func includes(harness key: String, _ db: Database) throws -> Bool {
    try db.mapFirst(
      """
      SELECT name FROM harnesses harness WHERE \(key) AND \(HarnessFacts.isBuiltIn("harness"))
        AND status IS NOT 'archived'
      """
    ) { row in desired == nil || row.text("name").map(templates.contains) ?? false } ?? false
  }

  /// Whether seeding sets a dangling setting of an organization: to a harness that it creates or
  /// finds usable there.
  ///
  /// - Parameters:
  ///   - setting: The setting.
  ///   - organization: The organization's number, as an SQL literal.
  ///   - db: The database.
  /// - Returns: Whether it does.
  /// - Throws: An error of the database.
  func includes(
    _ setting: OrganizationSetting, of organization: String, _ db: Database
  ) throws -> Bool {
    guard let desired else { return setting.role != nil }
    guard let name = desired.harnessSettings.first(where: { $0.setting == setting })?.harness else {
      return false
    }
    return try db.mapFirst(
      """
      SELECT 1 FROM harnesses harness WHERE org_id = \(organization) AND name = ?
        AND (NOT \(HarnessFacts.isBuiltIn("harness")) OR status IS 'archived')
      """, [name]
    ) { _ in true } == nil
  }
}
