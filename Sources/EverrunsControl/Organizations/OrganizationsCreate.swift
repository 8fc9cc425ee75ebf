import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `orgs create`.
enum OrganizationsCreate {
  private static let names = Argument.list(
    "NAME", .text, summary: "The names of the organizations")
  private static let publicID = Option.optional(
    "id", .text, valueName: "PUBLIC_ID",
    summary: "The public id: org_ and 32 hexadecimal digits (with one NAME only)",
    absence: "a new one")

  static let command = Command<ControlAction>(
    "create", summary: "Create organizations, with their built-in harnesses and settings",
    discussion: """
      All are created, or none. With one name, JSON is an object; with several, an array. -v lists \
      the harnesses of each.
      """,
    arguments: [names], options: [publicID] + MutationOptions.all,
    examples: [
      Example("Create one", "everrunsctl orgs create 'Acme Inc.'"),
      Example("Create several", "everrunsctl orgs create Acme Beta 'Gamma & Co.'"),
    ],
    exitCodes: [.failure, .cannotCreate, .busy]
  ) { session in
    let names = session.arguments[names]
    let id = session.arguments[publicID]
    if id != nil, names.count > 1 {
      throw session.usageError("'--id' works with one name only; \(names.count) were given")
    }
    try refuseImpossible(names, session)
    if let id { try refuse(id, session) }
    try refuseRepetitions(in: names, session)
    try session.noteNamesakes(of: names)
    let ids = UUIDGenerator(now: session.context.now)
    let organizations = names.map { name in
      NewOrganization(publicID: id ?? Organization.newPublicID(ids), name: name)
    }
    let created = try create(organizations, session)
    try session.write(
      json: .named(created.map(\.document)),
      text: session.isQuiet && !session.isDryRun
        ? created.map { $0.publicID + "\n" }.joined() : text(created, session))
    return .success
  }

  private static func create(
    _ organizations: [NewOrganization], _ session: Session
  ) throws -> [Created] {
    let request = try session.seedRequest(for: try session.platform())
    try session.noteOtherPlatform(request, try session.storeForReading()?.appliedPlatform())
    try session.checkDryRun(
      .creation(organizations, defaultOrganization: request.catalog.organization.orgID))
    guard !session.isDryRun else {
      return organizations.map {
        Created(number: nil, publicID: $0.publicID, name: $0.name, harnesses: [])
      }
    }
    let store = try session.storeForWriting()
    let numbers = try store.createOrganizations(
      organizations, basis: request.basis, change: session.change)
    return try zip(organizations, numbers).map { organization, number in
      let harnesses =
        session.isVerboseText ? try store.records(.harness, organization: number) : []
      return Created(
        number: number, publicID: organization.publicID, name: organization.name,
        harnesses: harnesses.compactMap { $0["name"]?.string }.sorted())
    }
  }

  /// An organization that was created, or would be in a dry run.
  private struct Created {
    /// The number of the organization; `nil` in a dry run.
    let number: Int?
    let publicID: String
    let name: String
    /// The names of its harnesses, for verbose text.
    let harnesses: [String]

    var document: JSONValue {
      var object: JSONObject = ["public_id": .string(publicID), "name": .string(name)]
      if let number {
        object = JSONObject([.init(key: "org_id", value: .integer(number))] + object.members)
      }
      object["created"] = .bool(number != nil)
      return .object(object)
    }
  }

  private static func text(_ created: [Created], _ session: Session) -> String {
    let lines = created.map { organization in
      organization.number == nil
        ? "Dry run: organization \(organization.name.quoted) not created\n"
        : "Created organization \(organization.name.quoted) (\(organization.publicID)).\n"
          + (organization.harnesses.isEmpty
            ? "" : "  harnesses  \(organization.harnesses.joined(separator: ", "))\n")
    }
    guard created.count == 1, let one = created.first, one.number != nil else {
      return lines.joined()
    }
    return lines.joined() + "Next: \(session.next("orgs show \(one.publicID)", about: .store))\n"
  }

  /// Refuses a public id that a new organization cannot have.
  private static func refuse(_ id: String, _ session: Session) throws {
    guard IdentifierGrammar.organization.accepts(id) else {
      throw session.usageError(
        "\(id.quoted) is not a valid public id", hint: IdentifierGrammar.organization.hint)
    }
    let existing = try session.storeForReading()?.organizations(named: id) ?? []
    guard !existing.contains(where: { $0.publicID == id }) else {
      throw ControlError.exists(noun: "organization", name: id, next: "choose another id")
    }
    guard id != session.program.catalog.organization.publicID else {
      throw ControlError.reservedForDefaultOrganization(id, next: session.next("seed apply"))
    }
  }

  /// Refuses names that no organization can have, all at once.
  private static func refuseImpossible(_ names: [String], _ session: Session) throws {
    var refused: [(problem: String, names: [String])] = []
    for name in names {
      guard let problem = Organization.problem(ofName: name) else { continue }
      let index = refused.firstIndex { $0.problem == problem } ?? refused.endIndex
      if index == refused.endIndex { refused.append((problem, [])) }
      if !refused[index].names.contains(where: { name.hasSameBytes(as: $0) }) {
        refused[index].names.append(name)
      }
    }
    guard !refused.isEmpty else { return }
    throw session.usageError(
      refused.map { problem, names in
        "NAME cannot be \(names.map(\.quoted).joined(asListWith: "or")): \(problem)"
      }.joined(separator: "; "))
  }

  /// Refuses a name that is given twice, which could be created once only by its id.
  private static func refuseRepetitions(in names: [String], _ session: Session) throws {
    // Names that differ only in normalization are equal.
    var seen: [String: String] = [:]
    for name in names {
      guard let earlier = seen.updateValue(name, forKey: name) else { continue }
      throw session.usageError(
        name.hasSameBytes(as: earlier)
          ? "\(name.quoted) is given twice"
          : "\(name.quoted) is given twice; the names differ only in Unicode normalization")
    }
  }
}
