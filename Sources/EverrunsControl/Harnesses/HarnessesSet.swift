import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `harnesses set`.
enum HarnessesSet {
  static let name = Argument.required(
    "NAME", .dynamic("harness"), summary: "The harness template")
  private static let assignments = Argument.list(
    "FIELD=VALUE", .assignment("harness-assignment"),
    summary: "A change: field=value, list+=item or list-=item")

  static let command = Command<ControlAction>(
    "set", summary: "Change fields of a harness template",
    discussion: """
      The fields are those that 'harnesses show' prints. Either all changes are saved, or none.

      field=value sets a field. A list is written as items separated by commas, or as a JSON array. \
      An empty value clears a list, and sets parent or seed_id to null.

      list+=item adds an item, and list-=item removes one. A capability can be a JSON object with \
      a config; it replaces the entry of the same capability.

      @FILE reads the value from a file, and @- from standard input. Write @@ for a value that \
      begins with @.

      Setting name updates the templates that inherit from this one, but rows in the store keep the \
      old name; 'harnesses rename' renames them too.
      """,
    arguments: [name, assignments], options: MutationOptions.all,
    examples: [
      Example(
        "Take a prompt from a file",
        "everrunsctl harnesses set generic system_prompt=@prompt.md"),
      Example(
        "Make a template the default and give it a capability",
        "everrunsctl harnesses set minimal roles+=default capabilities+=web_fetch"),
    ]
  ) { session in
    let arguments = session.arguments
    let assignments = try arguments[assignments].map { try assignment($0, session) }
    try session.checkRepetitions(assignments)
    return try session.edit { definition in
      let harness = try definition.existingHarness(
        arguments[name], next: session.listing("harnesses"))
      definition.replaceHarness(
        harness.name, with: try change(harness, assignments, session))
    }
  }

  private static func assignment(_ word: String, _ session: Session) throws -> FieldAssignment {
    guard var assignment = FieldAssignment(word) else {
      throw session.usageError(
        "\(word.quoted) is not an assignment",
        hint: "write field=value, list+=item or list-=item")
    }
    if assignment.text.hasPrefix("@@") {
      assignment.text.removeFirst()
    } else if assignment.text.hasPrefix("@") {
      let path = String(assignment.text.dropFirst())
      if path.isEmpty {
        throw session.usageError("\(word.quoted) does not name a file", hint: "write \(word)FILE")
      }
      if let home = UnexpandedHome(path) {
        throw session.usageError("\(word.quoted): \(home.reason)", hint: home.hint)
      }
      assignment.text = try session.readText(path)
      assignment.source = path
    }
    return assignment
  }

  private static func change(
    _ harness: BuiltInHarness, _ assignments: [FieldAssignment], _ session: Session
  ) throws -> BuiltInHarness {
    do throws(FieldAssignmentError) {
      return try harness.assigning(assignments)
    } catch {
      switch error {
      case .missingItems: throw ControlError.assignment(error)
      case .syntax(_, let source?, let error):
        throw ControlError.document(source: source, DocumentRefusal(error))
      case .syntax(let field, nil, let error) where error.kind == .nul:
        throw ControlError.document(source: field, DocumentRefusal(error))
      case .invalid(let diagnostics):
        // Where a field has several assignments, any of them may be wrong.
        let meant = assignments.filter { assignment in
          diagnostics.contains { $0.path.steps.first == .key(assignment.field) }
        }
        if meant.count == 1, let source = meant.first?.source {
          throw ControlError.document(
            source: source, DocumentRefusal(diagnostics.map { $0.moved(to: $0.path) }))
        }
        throw session.usageError(error.message, hint: error.hint)
      case .unknownFields, .notAList, .emptyItem, .mixedItems, .syntax:
        throw session.usageError(error.message, hint: error.hint)
      }
    }
  }
}
