import CommandLineTree
import Everruns
import EverrunsStore
import Files
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
    let presets = session.program.presets.map(\.name)
    let reference = PlatformReference(word, presets: presets)
    switch reference {
    case .saved(let name, .latest) where !word.contains("@"):
      throw session.usageError(
        "\(word.quoted) does not name a revision",
        hint: "write \(word)@previous, or \(word)@N; "
          + "list them: \(session.next("platform history \(name)", about: .named))")
    case .saved(let name, _) where presets.contains(name):
      throw ControlError.noHistory(reference: name)
    case .saved, nil: break
    case .file(let path): throw ControlError.noHistory(reference: try session.existingFile(path))
    case .preset, .standardInput: throw ControlError.noHistory(reference: word)
    }
    let old = try session.loadPlatform(word, isChosen: true)
    let prefix = "back to \(old.referenceWithRevision)"
    if let name = old.target.savedName, let damaged = try session.unreadableRevision(of: name) {
      return try session.create(
        name, old.definition, before: old, after: damaged, from: old.referenceWithRevision,
        saying: prefix, rollingBackTo: old.referenceWithRevision, warnings: old.warnings,
        source: old.source)
    }
    return try session.edit(
      old.target.savedName, saying: prefix,
      rollingBackTo: old.referenceWithRevision,
      origin: .replace(try session.origin(ofCopyFrom: old)), isRebased: false
    ) { $0 = old.definition }
  }
}

extension Session {
  /// The file of a word, which may have a revision after its name.
  ///
  /// - Throws: ``ControlError/file(path:_:)`` if there is no such file.
  fileprivate func existingFile(_ word: String) throws -> String {
    let words = [word] + (word.lastIndex(of: "@").map { [String(word[..<$0])] } ?? [])
    guard let file = try words.first(where: isRegularFile) else {
      throw ControlError.file(path: words.last ?? word, .missing)
    }
    return file
  }
}
