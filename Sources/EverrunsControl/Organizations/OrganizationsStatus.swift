import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `orgs status`.
enum OrganizationsStatus {
  static let command = Command<ControlAction>(
    "status", summary: "List the organizations that are not up to date, and why",
    discussion: """
      An organization is not up to date if seeding would create, update, release or delete one of its \
      rows, or if a row is blocked. --action and --reason-code list the organizations with such rows \
      instead, including kept and skipped ones. --exit-code is about the listed organizations.
      """,
    options: [SeedingOptions.exitCode] + SeedingOptions.filters + SeedingOptions.comparing,
    examples: [
      Example("List who is not up to date", "everrunsctl orgs status"),
      Example(
        "Show these organizations",
        "everrunsctl orgs status -o name | xargs -r everrunsctl orgs show"),
      Example(
        "Update the organizations where no local edit is lost",
        "everrunsctl orgs status --reason-code definition_changed -o name | "
          + "xargs -I{} everrunsctl harnesses reconcile --org {} --deny overwrites_local_edit --yes"
      ),
    ], exitCodes: [.failure, .differences, .badInput, .noInput],
    formats: .list, columns: .of(columns)
  ) { session in
    let request = try session.seedRequest(for: try session.platform())
    return try session.withFindings(request) { findings in
      var filter = request.run.filter
      if filter.actions.isEmpty, filter.codes.isEmpty {
        filter.actions = SeedAction.allCases.filter(\.isDifference)
      }
      var entries = try entries(findings, filter)
      let isDifferent = entries.contains { $0.rows.contains(where: \.reason.action.isDifference) }
      if session.format == .name, let missing = try organizationToMake(findings) {
        entries.removeAll { $0.organization.publicID == missing }
        session.note(
          "the default organization, \(missing.quoted), does not exist yet; "
            + "'\(session.nextSeeding("seed apply"))' makes it")
      }
      if session.isVerboseText, !session.choosesColumns, !entries.isEmpty {
        try session.writeText(
          entries.map { $0.text(style: session.style) }.joined(separator: "\n"))
      } else {
        try session.writeList(
          entries, columns: columns,
          ifEmpty: .note(
            request.run.filter.includesAll
              ? "every organization is up to date" : "no organization has such rows"))
      }
      return session.arguments[SeedingOptions.exitCode] && isDifferent ? .differences : .success
    }
  }

  /// An organization with the rows that are not up to date.
  private struct Entry: Listed {
    let organization: NamedOrganization
    var rows: [(address: SeedAddress, reason: SeedReason)] = []

    var listName: String { organization.publicID }

    var document: JSONObject {
      [
        "public_id": .string(organization.publicID), "name": .string(organization.name),
        "rows": .array(
          rows.map { row in
            [
              "address": .string(row.address.description),
              "action": .string(row.reason.action.rawValue), "reason": row.reason.document,
            ]
          }),
      ]
    }

    /// The reason codes, each once, in row order.
    var codes: [String] {
      rows.reduce(into: []) { codes, row in
        let code = row.reason.code.rawValue
        if !codes.contains(code) { codes.append(code) }
      }
    }

    /// The organization with every row.
    func text(style: Style) -> String {
      let title = "\(organization.publicID)  \(organization.name)".escapingControls()
      let lines = rows.map { row in
        "  \(row.reason.action.rawValue) \(row.address)".escapingControls()
          + "  " + row.reason.line
      }
      return ([style.heading(title)] + lines).map { $0 + "\n" }.joined()
    }
  }

  private static let columns: [Column<Entry>] = [
    Column("public_id") { $0.organization.publicID },
    Column("name", isShortened: true) { $0.organization.name },
    Column("rows", isNumber: true) { String($0.rows.count) },
    Column("why") { $0.codes.joined(separator: ", ") },
  ]

  /// The public id of the default organization if it is yet to be created, so that commands that are
  /// given its name would not find it.
  private static func organizationToMake(_ findings: SeedFindings) throws -> String? {
    var missing: String?
    try findings.rows.read { row in
      if row.address.kind == .organization, row.action == .create { missing = row.organization }
    }
    return missing
  }

  /// The rows by organization: the default one first, then ordered by public id.
  private static func entries(
    _ findings: SeedFindings, _ filter: SeedRowFilter
  ) throws -> [Entry] {
    // The rows of a template are ordered already, and so most entries are.
    var entries: [Entry] = []
    var places: [String: Int] = [:]
    var defaultOrganization: String?
    try findings.visit(.expanded, filter) { row in
      guard let publicID = row.organization else { return }
      if row.address.scope == .defaultOrganization { defaultOrganization = publicID }
      let place = places[publicID] ?? entries.count
      if place == entries.count {
        entries.append(
          Entry(
            organization: NamedOrganization(
              publicID: publicID, name: row.organizationName ?? "")))
        places[publicID] = place
      }
      entries[place].rows.append((row.address, row.reason))
    }
    return entries.sorted { one, other in
      let (id, otherID) = (one.organization.publicID, other.organization.publicID)
      return otherID != defaultOrganization
        && (id == defaultOrganization || id.precedesInBytes(otherID))
    }
  }
}
