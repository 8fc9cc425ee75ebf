import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `orgs set`.
enum OrganizationsSet {
  private static let organization = Argument.required(
    "ORG", .dynamic("organization"), summary: "The public id of an organization, or its name")
  private static let assignments = Argument.list(
    "SETTING=NAME", .dynamic("organization-assignment"),
    summary: "default-harness, base-harness or default-model; an empty NAME unsets it")

  static let command = Command<ControlAction>(
    "set", summary: "Choose the default harness, base harness or default model",
    arguments: [organization, assignments], options: MutationOptions.all,
    examples: [
      Example(
        "Choose the default harness",
        "everrunsctl orgs set org_00000000000000000000000000000001 default-harness=generic")
    ], exitCodes: [.failure, .noInput, .busy]
  ) { session in
    let found = try session.organization(session.arguments[organization])
    let store = try session.storeOfRecords()
    var changes: [(OrganizationSetting, id: String?, FieldChange)] = []
    for text in session.arguments[assignments] {
      let (setting, name) = try parse(text, session)
      let id = try name.map { try record($0, setting, found, store) }
      let before = found.settings[setting]
      // Of several values for one setting the last counts.
      changes.removeAll { $0.0 == setting }
      guard before?.id != id else { continue }
      changes.append(
        (
          setting, id,
          FieldChange(
            field: setting.rawValue, before: .optional(before.map { $0.name ?? $0.id }),
            after: .optional(name))
        ))
    }
    let isDryRun = session.arguments[MutationOptions.dryRun]
    if !changes.isEmpty, !isDryRun {
      try session.storeForWriting().set(
        Dictionary(changes.map { ($0.0, $0.id) }, uniquingKeysWith: { $1 }), of: found,
        change: session.change)
    }
    try session.write(
      json: [
        "public_id": .string(found.publicID), "changes": .array(changes.map(\.2.document)),
        "applied": .bool(!changes.isEmpty && !isDryRun),
      ],
      text: changes.isEmpty
        ? "Nothing to do: the settings are already like that.\n"
        : changes.map { change in
          "\(change.2.field)  \(change.2.before.shownShort) -> \(change.2.after.shownShort)\n"
        }.joined() + (isDryRun ? "Nothing was done: this is a dry run.\n" : ""))
    return .success
  }

  private static func parse(
    _ text: String, _ session: Session
  ) throws -> (OrganizationSetting, name: String?) {
    let parts = text.split(at: "=", maximum: 1)
    let names = OrganizationSetting.allCases.map(\.rawValue)
    guard parts.count == 2, let setting = OrganizationSetting(rawValue: parts[0]) else {
      let hint =
        parts.first.flatMap { Spelling.closest(to: $0, among: names) }
        .map { "did you mean '\($0)=NAME'?" } ?? "the settings are \(names.joined(separator: ", "))"
      throw session.usageError("\(text.quoted) sets nothing", hint: hint)
    }
    return (setting, parts[1].isEmpty ? nil : parts[1])
  }

  /// The id of a harness or a model of the organization, by name or by id.
  private static func record(
    _ name: String, _ setting: OrganizationSetting, _ organization: Organization,
    _ store: (any Store)?
  ) throws -> String {
    let kind: RecordKind = setting == .defaultModel ? .llmModel : .harness
    let key = setting == .defaultModel ? "model_id" : "name"
    let rows = try store?.records(kind, organization: organization.orgID) ?? []
    let matching = rows.filter { $0[key] == .string(name) || $0["id"] == .string(name) }
    let ids = matching.compactMap { $0.text("id") }
    guard let id = ids.first else {
      throw ControlError.notFound(
        noun: kind.noun, name: name,
        candidates: rows.compactMap { $0.text(key) }, next: nil)
    }
    guard ids.count == 1 else {
      throw ControlError.severalFound(noun: kind.noun, name: name, ids: ids)
    }
    return id
  }
}

extension JSONValue {
  /// A name in a line, or that there is none.
  fileprivate var shownShort: String {
    if case .string(let text) = self { "\(text.quoted)" } else { "none" }
  }
}
