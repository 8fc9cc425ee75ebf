import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `platform create`.
enum PlatformCreate {
  private static let name = Argument.required(
    "NAME", .text, summary: "The name of the new definition")
  private static let origin = Option.optional(
    "from", .platformReference, valueName: "REF", summary: "The definition to start from",
    absence: "the one in use")

  static let command = Command<ControlAction>(
    "create", summary: "Save a platform definition under a new name",
    arguments: [name], options: [origin] + MutationOptions.all,
    examples: [
      Example("Start from the stock platform", "everrunsctl platform create acme --from oss")
    ]
  ) { session in
    let name = session.arguments[name]
    try session.checkNewName(name, hint: IdentifierGrammar.name.hint)
    let before = try session.platform(session.arguments[origin])
    guard try session.storeForReading()?.revision(of: name, .latest) == nil else {
      throw ControlError.exists(
        noun: "platform", name: name,
        next: "choose another name; \(session.listing("platform", about: .store))")
    }
    return try session.create(
      name, before.definition, before: before, from: before.referenceWithRevision,
      saying: "created from \(before.referenceWithRevision)", warnings: before.warnings,
      source: before.source)
  }
}

extension Session {
  /// Checks that a saved definition can have a name; `hint` is the advice about an invalid one.
  func checkNewName(_ name: String, hint: String) throws {
    guard IdentifierGrammar.name.accepts(name) else {
      throw usageError("\(name.quoted) is not a valid name", hint: hint)
    }
    guard !program.presets.contains(where: { $0.name == name }) else {
      throw ControlError.exists(
        noun: "preset", name: name, next: "choose another name; names of presets are reserved")
    }
  }
}
