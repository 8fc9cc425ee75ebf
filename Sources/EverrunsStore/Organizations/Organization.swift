package import EverrunsSeeding

/// An organization as a store holds it.
package struct Organization: Sendable, Hashable {
  /// The number of its row.
  package let orgID: Int
  /// The id that people and programs use.
  package let publicID: String
  /// The name people see.
  package let name: String
  /// What its settings name, by setting; a setting that is null is left out.
  package let settings: [OrganizationSetting: ChosenRecord]

  /// What a setting names.
  package struct ChosenRecord: Sendable, Hashable {
    /// The id that the setting holds.
    package let id: String
    /// The name of the row of that id in the organization; `nil` where there is none.
    package let name: String?
  }
}

extension Organization: ColumnDecodable {
  static let table = Table.organizations

  /// Reads an organization beside its settings, each with the name of what it holds.
  init(_ columns: StoredColumns) throws {
    orgID = try columns.integer("org_id")
    publicID = try columns.text("public_id")
    name = try columns.text("name")
    settings = try OrganizationSetting.allCases.reduce(into: [:]) { settings, setting in
      guard let id = try columns.optionalText(setting.column) else { return }
      settings[setting] = ChosenRecord(
        id: id, name: try columns.optionalText(setting.column + "_name"))
    }
  }
}
