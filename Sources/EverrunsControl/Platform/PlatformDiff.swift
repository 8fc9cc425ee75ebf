import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// `platform diff`.
enum PlatformDiff {
  /// The output form of differences.
  private enum Form: String, CommandLineChoice {
    case changes
    case patch

    var choiceSummary: String {
      switch self {
      case .changes: "each difference, field by field"
      case .patch: "the JSON patch (RFC 6902) that turns the first into the second"
      }
    }
  }

  private static let first = Argument.required(
    "A", .platformReference, summary: "The definition to compare")
  private static let second = Argument.optional(
    "B", .platformReference,
    summary: "The definition to compare it with; default: the one in use")
  private static let form = Option.defaulted(
    "format", .choice(Form.self), default: .changes, summary: "Format of the differences")
  private static let exitCode = Option.flag(
    "exit-code", summary: "Exit with 2 if there are differences")

  static let command = Command<ControlAction>(
    "diff", summary: "Compare two platform definitions, field by field",
    discussion: """
      White space and the order of keys do not matter; the order of components does. Prompts are \
      compared line by line.
      """,
    arguments: [first, second], options: [form, exitCode],
    examples: [
      Example(
        "Compare the definition of workers with that of the control plane",
        "everrunsctl platform diff worker oss"),
      Example("Show the last change", "everrunsctl platform diff acme@previous acme"),
      Example(
        "Compare a file with the saved definition", "everrunsctl platform diff acme ./acme.yaml"),
    ],
    formats: [.text, .json, .yaml, .markdown]
  ) { session in
    let arguments = session.arguments
    let other = try session.reference(second)
    guard arguments[first] != "-" || other != "-" else {
      throw session.usageError("both definitions cannot come from standard input")
    }
    let (before, after) = try session.both(
      { try session.loadPlatform(arguments[first], isChosen: true) },
      { try session.platform(other) })
    if arguments[form] == .patch { try session.check(form, goesWith: [.text, .json, .yaml]) }
    let changes = before.definition.changes(to: after.definition)
    switch arguments[form] {
    case .patch:
      let patch = before.definition.patch(to: after.definition).document
      try session.write(json: patch, text: patch.prettyJSON + "\n")
    case .changes:
      let difference = DefinitionDifference(before: before, after: after, changes)
      try session.write(
        json: [
          "changes": .array(changes.map(\.document)), "summary": ChangeText.document(changes),
        ],
        text: session.format == .markdown
          ? difference.markdown
          : difference.text(
            isBrief: session.isQuiet, isVerbose: session.isVerbose, style: session.style))
    }
    return arguments[exitCode] && !changes.isEmpty ? .differences : .success
  }
}
