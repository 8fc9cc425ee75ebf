import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

/// `orgs show`.
enum OrganizationsShow {
  private static let organization = Argument.required(
    "ORG", .dynamic("organization"), summary: "The public id of an organization, or its name")

  static let command = Command<ControlAction>(
    "show", summary: "Show an organization with its settings", arguments: [organization],
    examples: [
      Example(
        "Show the default organization",
        "everrunsctl orgs show org_00000000000000000000000000000001")
    ],
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
    try session.writeObjects([object])
    return .success
  }
}
