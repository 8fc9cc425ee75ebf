import CommandLineTree
import Everruns
import EverrunsStore

/// The noun `orgs`.
enum OrganizationsCommands {
  static var noun: Command<ControlAction> {
    Command(
      "orgs", aliases: ["org"], summary: "The organizations of the store",
      subcommands: [
        list, show, OrganizationsCreate.command, OrganizationsSet.command,
      ])
  }

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

  private static let list = Command<ControlAction>(
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

  private static let organization = Operand(
    "ORG", .dynamic("organization"), summary: "The public id of an organization, or its name")

  private static let show = Command<ControlAction>(
    "show", summary: "Show an organization with its settings", operands: [organization],
    exitCodes: [.failure, .noInput]
  ) { session in
    let found = try session.organization(session.arguments[organization])
    let counts = try session.storeForReading()?.counts(of: found) ?? [:]
    var object = found.document
    object["counts"] = .object(
      JSONObject(
        RecordKind.allCases.compactMap { kind in
          counts[kind].map { JSONObject.Member(key: kind.rawValue, value: .integer($0)) }
        }))
    try session.write(
      json: .object(object), text: ObjectText.text(object, style: session.style))
    return .success
  }
}

extension Session {
  /// The organization of a public id, or of a name if only one has it.
  func organization(_ word: String) throws -> Organization {
    let store = try storeOfRecords()
    let named = try store?.organizations(named: word) ?? []
    if let byID = named.first(where: { $0.publicID == word }) { return byID }
    guard let first = named.first else {
      throw ControlError.notFound(
        noun: "organization", name: word,
        candidates: try store?.organizationNames().flatMap { [$0.publicID, $0.name] } ?? [],
        next: nil)
    }
    guard named.count == 1 else {
      throw ControlError.severalFound(
        noun: "organization", name: word, ids: named.map(\.publicID))
    }
    return first
  }
}

extension Organization {
  /// The organization as an object.
  fileprivate var document: JSONObject {
    [
      "org_id": .integer(orgID), "public_id": .string(publicID), "name": .string(name),
      "settings": .object(
        JSONObject(
          OrganizationSetting.allCases.map { setting in
            JSONObject.Member(
              key: setting.rawValue,
              value: settings[setting].map {
                ["id": .string($0.id), "name": .optional($0.name)]
              } ?? .null)
          })),
    ]
  }
}
