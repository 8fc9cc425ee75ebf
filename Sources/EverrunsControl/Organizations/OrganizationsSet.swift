import CommandLineTree
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `orgs set`.
enum OrganizationsSet {
  static let organization = Argument.required(
    "ORG", .dynamic("organization"), summary: "The public id of an organization, or its name")
  private static let assignments = Argument.list(
    "SETTING=NAME", .assignment("organization-assignment", orFile: false),
    summary: "name or default-harness, base-harness, default-model; empty unsets a setting"
  )

  static let command = Command<ControlAction>(
    "set", summary: "Rename an organization, or choose its harnesses and default model",
    arguments: [organization, assignments], options: MutationOptions.all,
    examples: [
      Example(
        "Choose the default harness",
        "everrunsctl orgs set org_00000000000000000000000000000001 default-harness=generic"),
      Example("Rename it", "everrunsctl orgs set Acme name='Acme Inc.'"),
    ], exitCodes: [.failure, .badInput, .noInput, .busy]
  ) { session in
    let assignments = session.arguments[assignments]
    try session.checkRepetitions(assignments.compactMap(FieldAssignment.init))
    try refuseUnknownSettings(in: assignments, session)
    let found = try session.organization(session.arguments[organization])
    let store = try session.storeOfRecords()
    var changes: [(OrganizationSetting, id: String?, FieldChange)] = []
    var name: String?
    var problems: [ReferenceError] = []
    for text in assignments {
      if let renamed = try newName(text, session) {
        name = renamed.hasSameBytes(as: found.name) ? nil : renamed
        continue
      }
      let (setting, name) = try parse(text, session)
      var id: String?
      if let name {
        let kind: RecordKind = setting == .defaultModel ? .llmModel : .harness
        let list = "store records \(kind.rawValue) --org \(found.publicID)"
        do throws(ControlError) {
          id = try store?.recordID(
            name, for: setting, of: found,
            next: "list them: \(session.next(list, about: .store))",
            failingAs: ControlError.self)
        } catch .reference(let problem) {
          if !problems.contains(problem) { problems.append(problem) }
          continue
        } catch {
          throw error
        }
      }
      let before = found.settings[setting]
      // The same assignment may be given twice.
      guard before?.id != id, !changes.contains(where: { $0.0 == setting }) else { continue }
      changes.append(
        (
          setting, id,
          FieldChange(
            field: setting.rawValue, before: .optional(before.map { $0.name ?? $0.id }),
            after: .optional(name))
        ))
    }
    try ControlError.check(problems)
    if let name { try session.noteNamesakes(of: [name]) }
    let rename = name.map {
      FieldChange(field: nameKey, before: .string(found.name), after: .string($0))
    }
    let fields = (rename.map { [$0] } ?? []) + changes.map(\.2)
    let isDryRun = session.isDryRun
    if !fields.isEmpty { try session.checkDryRun(.change) }
    if !fields.isEmpty, !isDryRun {
      let writing = try session.storeForWriting()
      do {
        try writing.update(
          found, name: name,
          settings: Dictionary(changes.map { ($0.0, $0.id) }, uniquingKeysWith: { $1 }),
          change: session.change)
      } catch let error as StoreError {
        // The store knows it by its id, the user by its name.
        guard case .notFound(let noun, let id) = error,
          let word = changes.first(where: { $0.id == id })?.2.after.string
        else { throw error }
        throw StoreError.notFound(noun: noun, name: word)
      }
    }
    try session.write(
      json: [
        "public_id": .string(found.publicID), "changes": .array(fields.map(\.document)),
        "applied": .bool(!fields.isEmpty && !isDryRun),
      ],
      text: fields.isEmpty
        ? "Nothing to do: \(found.named.quoted) already matches.\n"
        : fields.map { change in
          "\(change.field)  \(change.before.shownShort) -> \(change.after.shownShort)\n"
        }.joined() + (isDryRun ? "Dry run: nothing was changed.\n" : ""))
    return .success
  }

  /// The key that renames the organization.
  static let nameKey = "name"

  /// The new name in an assignment; `nil` if it assigns something else.
  private static func newName(_ text: String, _ session: Session) throws -> String? {
    guard text.hasPrefix("\(nameKey)=") else { return nil }
    let name = String(text.dropFirst(nameKey.count + 1))
    if let problem = Organization.problem(ofName: name) { throw session.usageError(problem) }
    return name
  }

  /// What can be set.
  private static let names = [nameKey] + OrganizationSetting.allCases.map(\.rawValue)

  /// Refuses assignments to anything but the name and the settings, all at once.
  private static func refuseUnknownSettings(
    in assignments: [String], _ session: Session
  ) throws {
    let unknown = assignments.map { $0.split(at: "=", maximum: 1) }
      .filter { $0.count == 2 && !names.contains($0[0]) }.map { $0[0] }.withoutRepetitions
    guard !unknown.isEmpty else { return }
    throw session.usageError(
      "unknown setting \(unknown.map(\.quoted).joined(asListWith: "or"))",
      hint: unknown.count == 1
        ? hint(for: unknown[0]) : Spelling.hint(for: unknown, among: names) ?? hint(for: ""))
  }

  /// The setting that is close to a word, or all of them.
  private static func hint(for word: String) -> String {
    Spelling.closest(to: word, among: names).map { "did you mean '\($0)=NAME'?" }
      ?? "the settings are \(names.joined(separator: ", "))"
  }

  private static func parse(
    _ text: String, _ session: Session
  ) throws -> (OrganizationSetting, name: String?) {
    let parts = text.split(at: "=", maximum: 1)
    guard parts.count == 2, let setting = OrganizationSetting(rawValue: parts[0]) else {
      throw session.usageError(
        "\(text.quoted) is not an assignment", hint: hint(for: parts.first ?? ""))
    }
    return (setting, parts[1].isEmpty ? nil : parts[1])
  }
}

extension JSONValue {
  /// A name for a line of output, or a placeholder for none.
  fileprivate var shownShort: String {
    if case .string(let text) = self { "\(text.quoted)" } else { "none" }
  }
}
