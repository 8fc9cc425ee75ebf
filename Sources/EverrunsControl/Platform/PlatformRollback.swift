import CommandLineTree
import Everruns
import EverrunsStore
import Messages

/// `platform rollback`.
enum PlatformRollback {
  private static let revision = Argument.required(
    "NAME@N", .dynamic("saved-platform"),
    summary: "The revision to restore: NAME@N or NAME@previous"
  )

  static let command = Command<ControlAction>(
    "rollback", summary: "Restore an old revision as a new one",
    discussion: """
      No revision is lost. The history names the restored one as rolled_back_to.
      """,
    arguments: [revision], options: MutationOptions.all,
    examples: [
      Example("Undo the last change", "everrunsctl platform rollback acme@previous")
    ]
  ) { session in
    let word = session.arguments[revision]
    let reference = PlatformReference(word, presets: session.program.presets.map(\.name))
    switch reference {
    case .saved(_, .latest) where !word.contains("@"):
      throw session.usageError(
        "\(word.quoted) does not name a revision",
        hint: "write \(word)@previous, or \(word)@N; "
          + "'\(session.program.name) platform history \(word)' lists them")
    case .saved, nil: break
    case .preset, .file, .standardInput:
      throw ControlError.noHistory(reference: word, program: session.program.name)
    }
    let old = try session.loadPlatform(word, isChosen: true)
    return try session.edit(
      old.target.savedName, saying: "back to \(old.referenceWithRevision)",
      rollingBackTo: old.referenceWithRevision,
      origin: .replace(try session.origin(ofCopyFrom: old)), isRebased: false
    ) { $0 = old.definition }
  }
}
