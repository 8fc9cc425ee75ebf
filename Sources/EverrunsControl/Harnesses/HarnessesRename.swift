import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Messages

/// `harnesses rename`.
enum HarnessesRename {
  private static let old = Argument.required(
    "OLD", .dynamic("harness"), summary: "The harness template")
  private static let new = Argument.required("NEW", .text, summary: "Its new name")

  static let command = Command<ControlAction>(
    "rename", summary: "Rename a harness template",
    discussion: """
      The old name is added to previous_names, and templates that inherit from it follow. Seeding \
      then renames the built-in harness in every organization: its id stays, so settings, parents \
      and sessions still refer to it.

      If the definition already has NEW and no longer OLD, because the name was edited, only \
      previous_names changes. A store that was seeded must then have a built-in harness OLD.
      """,
    arguments: [old, new], options: MutationOptions.all,
    examples: [
      Example("Give a template a better name", "everrunsctl harnesses rename generic assistant"),
      Example(
        "See what that would change in the store",
        "everrunsctl harnesses rename generic assistant --dry-run"),
    ]
  ) { session in
    let (old, new) = (session.arguments[old], session.arguments[new])
    guard IdentifierGrammar.name.accepts(new) else {
      throw session.usageError(
        "\(new.quoted) is not a valid name", hint: IdentifierGrammar.name.hint)
    }
    return try session.edit { definition in
      if let renamed = definition.harness(named: new), definition.harness(named: old) == nil,
        IdentifierGrammar.name.accepts(old)
      {
        if !renamed.previousNames.contains(old) { try check(old, wasNameOf: new, session) }
        return definition.replaceHarness(new, with: renamed.recordingPreviousName(old))
      }
      let harness = try definition.existingHarness(old, next: session.listing("harnesses"))
      guard new == old || definition.harness(named: new) == nil else {
        throw ControlError.exists(
          noun: "harness", name: new, next: "choose another name, or remove that harness first")
      }
      definition.replaceHarness(old, with: harness.renamed(to: new))
    }
  }

  /// Refuses a name that no built-in harness of a seeded store has.
  private static func check(_ old: String, wasNameOf new: String, _ session: Session) throws {
    let request = try session.seedRequest(for: try session.platform())
    let builtIn = try session.storeForComparing().compare(
      request.basis, options: request.options, isFull: false
    ) { findings in
      var names: [String] = []
      try findings.visit(.folded, SeedRowFilter(kinds: [.harness])) { row in
        if row.action != .create, row.action != .skip { names += row.address.names }
      }
      return names
    }
    if builtIn.contains(old), builtIn.contains(new) {
      session.note("where built-in harnesses of both names exist, nothing is renamed")
    }
    guard !builtIn.isEmpty, !builtIn.contains(old) else { return }
    throw ControlError.notFound(
      noun: "built-in harness", name: old, candidates: builtIn,
      next: "to record the name anyway: "
        + session.next("harnesses set \(new) previous_names+=\(old)"))
  }
}

extension PlatformDefinition {
  /// Replaces a template, also as the parent of those that inherit from it.
  mutating func replaceHarness(_ name: String, with harness: BuiltInHarness) {
    for index in builtInHarnesses.indices {
      if builtInHarnesses[index].name == name {
        builtInHarnesses[index] = harness
      } else if builtInHarnesses[index].parent == name {
        builtInHarnesses[index].parent = harness.name
      }
    }
  }
}
