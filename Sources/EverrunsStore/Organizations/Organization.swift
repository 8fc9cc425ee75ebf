package import EverrunsSeeding

/// A stored organization.
package struct Organization: Sendable, Hashable {
  /// The number of the organization.
  package let orgID: Int
  /// The public id.
  package let publicID: String
  /// The display name.
  package let name: String
  /// The value of each setting; unset ones are left out.
  package let settings: [OrganizationSetting: ChosenRecord]

  /// The value of a setting.
  package struct ChosenRecord: Sendable, Hashable {
    /// The id that the setting holds.
    package let id: String
    /// The name of the row with that id in the organization; `nil` if there is none.
    package let name: String?
  }
}

extension Organization {
  /// The public id and the name.
  package var named: NamedOrganization { NamedOrganization(publicID: publicID, name: name) }
}

extension Organization: ColumnDecodable {
  static let table = Table.organizations

  /// Reads an organization and its settings, with the name of each setting's target.
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

extension ConcernedOrganizations.Member {
  /// An organization as it is before a change.
  init(_ organization: Organization) {
    self.init(publicID: organization.publicID, name: organization.name)
  }
}
