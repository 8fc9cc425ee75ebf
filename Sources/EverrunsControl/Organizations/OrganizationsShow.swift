import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// `orgs show`.
enum OrganizationsShow {
  private static let organizations = Argument.list(
    "ORG", .dynamic("organization"), summary: "The public ids of organizations, or their names")

  static let command = Command<ControlAction>(
    "show", summary: "Show one or more organizations with their settings",
    discussion: """
      With one organization, JSON is an object; with several, an array. -v lists the rows of each \
      organization instead of counting them.
      """,
    arguments: [organizations],
    examples: [
      Example(
        "Show the default organization",
        "everrunsctl orgs show org_00000000000000000000000000000001")
    ],
    exitCodes: [.failure, .noInput]
  ) { session in
    let found = try session.organizations(
      session.arguments[organizations], session.organization)
    let store = try session.storeForReading()
    try session.writeObjects(found.map { try object($0, of: store, session) })
    return .success
  }

  private static func object(
    _ found: Organization, of store: (any Store)?, _ session: Session
  ) throws -> JSONObject {
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
    return object
  }
}

extension JSONObject {
  /// The name of a stored row, for people.
  fileprivate var rowName: String {
    (self["name"] ?? self["display_name"] ?? self["model_id"] ?? self["id"])?.string ?? ""
  }
}
