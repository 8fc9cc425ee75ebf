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
    "list", summary: "List the organizations", exitCodes: [.noInput],
    formats: [.text, .json, .yaml, .name]
  ) { session in
    let organizations = try session.storeOfRecords()?.organizations() ?? []
    if organizations.isEmpty, session.format == .text {
      session.note("there is no organization")
    }
    try session.write(
      json: .array(organizations.map { .object($0.document) }),
      names: organizations.map(\.publicID),
      text: organizations.isEmpty
        ? ""
        : Table(columns: columns).text(
          organizations, width: session.context.output.width, style: session.style))
    return .success
  }
}
