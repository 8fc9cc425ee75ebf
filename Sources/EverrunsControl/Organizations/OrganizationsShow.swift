import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// `orgs show`.
enum OrganizationsShow {
  private static let organization = Argument.required(
    "ORG", .dynamic("organization"), summary: "The public id of an organization, or its name")

  static let command = Command<ControlAction>(
    "show", summary: "Show an organization with its settings",
    discussion: "-v lists the rows of the organization instead of counting them.",
    arguments: [organization],
    examples: [
      Example(
        "Show the default organization",
        "everrunsctl orgs show org_00000000000000000000000000000001")
    ],
    exitCodes: [.failure, .noInput]
  ) { session in
    let found = try session.organization(session.arguments[organization])
    let store = try session.storeForReading()
    let counts = try store?.counts(of: found) ?? [:]
    var object = found.document
    object["counts"] = .object(
      JSONObject(
        RecordKind.allCases.compactMap { kind in
          counts[kind].map { JSONObject.Member(key: kind.rawValue, value: .integer($0)) }
        }))
    if let store, session.isVerboseText {
      object["counts"] = nil
      object["rows"] = .object(
        JSONObject(
          try RecordKind.allCases.compactMap { kind in
            guard let number = counts[kind], number > 0, kind != .organizationSettings else {
              return nil
            }
            let rows = try store.records(kind, organization: found.orgID)
            return JSONObject.Member(key: kind.rawValue, value: .strings(rows.map(\.rowName)))
          }))
    }
    try session.writeObjects([object])
    return .success
  }
}

extension JSONObject {
  /// The name of a stored row, for people.
  fileprivate var rowName: String {
    (self["name"] ?? self["display_name"] ?? self["model_id"] ?? self["id"])?.string ?? ""
  }
}
