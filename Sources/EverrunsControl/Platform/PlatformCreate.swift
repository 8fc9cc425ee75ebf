import CommandLineTree
import Everruns
import EverrunsStore
import Wording

/// `platform create`.
enum PlatformCreate {
  private static let name = Operand("NAME", .text, summary: "The name of the new definition")
  private static let origin = ValueOption(
    "from", .platformReference, valueName: "REF", summary: "The definition to start from",
    defaultText: "the one in use")

  static let command = Command<ControlAction>(
    "create", summary: "Save a platform definition under a new name",
    operands: [name], options: [origin] + MutationOptions.all,
    examples: [
      Example("Start from the stock platform", "everrunsctl platform create acme --from oss")
    ], exitCodes: [.failure, .badInput, .noInput]
  ) { session in
    let name = session.arguments[name]
    guard IdentifierGrammar.name.accepts(name) else {
      throw ControlError.usage(
        UsageError(
          .other(
            message: "\(name.quoted) is not a valid name",
            hint: IdentifierGrammar.name.hint), commandPath: session.path))
    }
    guard !session.control.presets.contains(where: { $0.name == name }) else {
      throw ControlError.exists(
        noun: "preset", name: name, next: "choose another name; the presets keep theirs")
    }
    let before = try session.platform(session.arguments[origin])
    guard try session.storeForReading()?.revision(of: name, .latest) == nil else {
      throw ControlError.exists(
        noun: "platform", name: name,
        next: "choose another name; '\(session.control.name) platform list' shows what there is")
    }
    let edit = DefinitionEdit(
      before: before, after: before.definition, changes: [],
      impact: DefinitionImpact(
        from: before.definition, to: before.definition, catalog: .stock,
        grade: try session.grade()))
    let isDryRun = session.arguments[MutationOptions.dryRun]
    if !isDryRun {
      _ = try session.storeForWriting().save(
        [(before.definition, "created from \(before.referenceWithRevision)")], as: name,
        after: nil, change: session.change)
    }
    let references = DefinitionEdit.References(
      platform: name, before: before.referenceWithRevision,
      after: isDryRun ? nil : "\(name)@1")
    try session.write(
      json: EditText.document(edit, references),
      text: isDryRun
        ? "'\(name)' would be created from \(references.before.quoted); this is a dry run.\n"
        : "\(references.before.escapingControls()) -> \(name)@1: created\n")
    return .success
  }
}
