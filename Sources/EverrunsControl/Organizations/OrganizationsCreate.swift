import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `orgs create`.
enum OrganizationsCreate {
  private static let name = Argument.required(
    "NAME", .nonblank, summary: "The name of the organization")
  private static let publicID = Option.optional(
    "id", .text, valueName: "PUBLIC_ID",
    summary: "The id that people and programs use: org_ and 32 hexadecimal digits",
    absence: "a new one")

  static let command = Command<ControlAction>(
    "create", summary: "Make an organization, with its built-in harnesses and settings",
    arguments: [name], options: [publicID] + MutationOptions.all,
    examples: [Example("Make one", "everrunsctl orgs create 'Acme Inc.'")],
    exitCodes: [.failure, .cannotCreate, .busy]
  ) { session in
    let name = session.arguments[name]
    let id =
      session.arguments[publicID]
      ?? "org_" + UUIDGenerator(now: session.context.now).next().digits
    guard IdentifierGrammar.organization.accepts(id) else {
      throw session.usageError(
        "\(id.quoted) is not a valid public id", hint: IdentifierGrammar.organization.hint)
    }
    guard id != session.program.catalog.organization.publicID else {
      throw ControlError.exists(
        noun: "default organization", name: id,
        next: "it is made by '\(session.program.name) seed apply'")
    }
    let existing = try session.storeForReading()?.organizations(named: id) ?? []
    guard !existing.contains(where: { $0.publicID == id }) else {
      throw ControlError.exists(noun: "organization", name: id, next: "choose another id")
    }
    let platform = try session.platform()
    let request = try session.seedRequest(for: platform)
    guard !session.arguments[MutationOptions.dryRun] else {
      try session.write(
        json: ["public_id": .string(id), "name": .string(name), "created": false],
        text: "The organization '\(name.escapingControls())' would be made; this is a dry run.\n")
      return .success
    }
    let number = try session.storeForWriting().createOrganization(
      name: name, publicID: id, basis: request.basis, change: session.change)
    try session.write(
      json: [
        "org_id": .integer(number), "public_id": .string(id), "name": .string(name),
        "created": true,
      ],
      text: """
        The organization '\(name.escapingControls())' is made: \(id)
        Look at it: \(session.next("orgs show \(id)"))

        """)
    return .success
  }
}
