import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// `orgs list`.
enum OrganizationsList {
  private static let columns: [Column<Organization>] =
    [
      Column("org_id") { String($0.orgID) },
      Column("public_id") { $0.publicID },
      Column("name", isShortened: true) { $0.name },
    ]
    + OrganizationSetting.allCases.map { setting in
      Column(setting.rawValue) { organization in
        organization.settings[setting].map { $0.name ?? $0.id } ?? "-"
      }
    }

  static let command = Command<ControlAction>(
    "list", summary: "List the organizations",
    examples: [
      Example("Read their ids", "everrunsctl orgs list -o name")
    ], exitCodes: [.noInput],
    formats: .list
  ) { session in
    try session.writeList(
      try session.storeOfRecords()?.organizations() ?? [], columns: columns,
      ifEmpty: .note("there is no organization"))
    return .success
  }
}
