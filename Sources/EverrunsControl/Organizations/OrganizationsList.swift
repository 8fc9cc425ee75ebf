import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// `orgs list`.
enum OrganizationsList {
  /// Settings that do not fit into 80 columns are shown with `-v`.
  private static let columns: [Column<Organization>] = [
    Column("org_id", isNumber: true), Column("public_id"), Column("name", isShortened: true),
    column(of: .defaultHarness, title: "harness"),
    column(of: .baseHarness, title: "base", visibility: .verbose),
    column(of: .defaultModel, title: "model", visibility: .verbose),
    Column("settings", visibility: .named),
  ]

  private static func column(
    of setting: OrganizationSetting, title: String,
    visibility: Column<Organization>.Visibility = .always
  ) -> Column<Organization> {
    .derived(
      setting.documentKey, title: title, visibility: visibility, isShortened: true,
      value: { organization in
        .optional(organization.settings[setting].map { $0.name ?? $0.id })
      })
  }

  static let command = Command<ControlAction>(
    "list", summary: "List the organizations",
    discussion: "-v shows all settings; without it the table has the default harness only.",
    examples: [
      Example("Read their ids", "everrunsctl orgs list -o name"),
      Example("List them with all their settings", "everrunsctl orgs list -v"),
    ], exitCodes: [.noInput], formats: .list, columns: .of(columns)
  ) { session in
    try session.writeList(
      try session.storeOfRecords()?.organizations() ?? [], columns: columns,
      ifEmpty: .note("no organizations yet"))
    return .success
  }
}
