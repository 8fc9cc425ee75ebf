import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `orgs delete`.
enum OrganizationsDelete {
  private static let organizations = Argument.list(
    "ORG", .dynamic("organization"), summary: "The public ids of organizations, or their names")

  static let command = Command<ControlAction>(
    "delete", summary: "Delete organizations with everything that belongs to them",
    discussion: """
      Deletes the providers, models, settings, MCP servers, harnesses, agents and memberships of each \
      organization, in one transaction; users stay. The default organization cannot be deleted. The \
      history keeps the name, the id and the number of rows. With one organization, JSON is an \
      object; with several, an array.
      """,
    arguments: [organizations], options: MutationOptions.all,
    examples: [
      Example("See what would be deleted", "everrunsctl orgs delete Acme --dry-run"),
      Example("Delete two", "everrunsctl orgs delete Acme Beta --yes --reason 'trial ended'"),
    ], exitCodes: [.failure, .badInput, .noInput, .busy]
  ) { session in
    var found: [Organization] = []
    for organization in try session.organizations(
      session.arguments[organizations], session.organization)
    where !found.contains(organization) {
      found.append(organization)
    }
    let reserved = session.program.catalog.organization
    let isDefaultMeant = found.contains {
      $0.orgID == reserved.orgID || $0.publicID == reserved.publicID
    }
    guard !isDefaultMeant else {
      throw ControlError.defaultOrganizationStays(reserved.publicID)
    }
    let store = try session.storeForReading()
    let counts = try found.map { try store?.counts(of: $0) ?? [:] }
    var deletions = zip(found, counts).map(Deletion.init)
    // Before the question, and in a dry run.
    try store?.checkAcceptance(of: .deletion(found))
    let isDryRun = session.isDryRun
    if !isDryRun {
      try confirm(deletions, session)
      let deleted = try session.storeForWriting().delete(found, change: session.change)
      deletions = zip(deleted, counts).map(Deletion.init)
    }
    try session.write(
      json: .named(deletions.map { $0.document(isDone: !isDryRun) }),
      text: deletions.map { deletion in
        isDryRun
          ? "Dry run: \(deletion.words) not deleted\n" : "Deleted \(deletion.words).\n"
      }.joined())
    return .success
  }

  private static func confirm(_ deletions: [Deletion], _ session: Session) throws {
    let store = "'\(try session.storeLocation())'"
    if let deletion = deletions.first, deletions.count == 1 {
      try session.confirm(
        "Delete \(deletion.words) from store \(store)?", typing: deletion.word)
    } else {
      let shown = 3
      let list =
        deletions.prefix(shown).map(\.words).joined(separator: "; ")
        + (deletions.count > shown ? "; and \(deletions.count - shown) more" : "")
      try session.confirm(
        "Delete \(deletions.count) organizations from store \(store): \(list)?",
        typing: String(deletions.count))
    }
  }

  /// An organization with the number of its rows.
  private struct Deletion {
    let organization: Organization
    let counts: [RecordKind: Int]

    /// The organization for a sentence: `organization 'Acme' (org_...) with 12 harnesses`.
    var words: String {
      let rows = counts.filter { $0.key != .organizationSettings }.wordsOfBelongings
      return "organization \(organization.name.quoted) (\(organization.publicID))"
        + (rows.isEmpty ? "" : " with \(rows.joined(asListWith: "and"))")
    }

    /// The word to type for confirmation.
    var word: String {
      Organization.problem(ofName: organization.name) == nil && !organization.name.isUnclear
        ? organization.name : organization.publicID
    }

    func document(isDone: Bool) -> JSONValue {
      [
        "org_id": .integer(organization.orgID), "public_id": .string(organization.publicID),
        "name": .string(organization.name),
        "counts": .object(
          JSONObject(
            RecordKind.allCases.compactMap { kind in
              counts[kind].map { JSONObject.Member(key: kind.rawValue, value: .integer($0)) }
            })),
        "deleted": .bool(isDone),
      ]
    }
  }
}
