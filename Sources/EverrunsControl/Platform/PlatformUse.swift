import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Messages

/// `platform use`.
enum PlatformUse {
  private static let name = Argument.required(
    "NAME", .dynamic("platform"),
    summary: "A saved definition, one of its revisions, or a preset")

  static let command = Command<ControlAction>(
    "use", summary: "Set the default platform definition",
    arguments: [name], options: MutationOptions.all,
    examples: [
      Example("Use a saved definition by default", "everrunsctl platform use acme")
    ]
  ) { session in
    let platform = try session.loadPlatform(try saved(session), isChosen: true)
    let before = try session.storeForReading()?.activePlatform()
    let reference = platform.reference
    try session.checkDryRun(.change)
    if !session.isDryRun {
      try session.storeForWriting().use(
        reference, saved: platform.target.savedRevision, change: session.change)
    }
    let variable = GlobalOptions.platformVariable.specification.name
    if let other = session.context.variable(variable), other != reference {
      session.note("\(variable)='\(other)' overrides this choice")
    }
    let previous =
      session.isVerbose ? " (before: \(before.map { "'\($0)'" } ?? "not set"))" : ""
    try session.write(
      json: [
        "platform": .string(reference), "before": .optional(before),
        "after": session.isDryRun ? nil : .string(reference),
      ],
      text: session.isDryRun
        ? "Dry run: default platform would be '\(reference)'\(previous).\n"
        : "Default platform is now '\(reference)'\(previous).\n")
    return .success
  }

  /// The argument, if its meaning does not depend on the working folder.
  private static func saved(_ session: Session) throws -> String {
    let word = session.arguments[name]
    switch PlatformReference(word, presets: session.program.presets.map(\.name)) {
    case .file, .standardInput:
      throw session.usageError(
        "\(word.quoted) is not a saved definition",
        hint: "save it: "
          + session.next(PlatformImport.words(for: word, session), about: .named))
    case .saved, .preset, nil: return word
    }
  }
}
