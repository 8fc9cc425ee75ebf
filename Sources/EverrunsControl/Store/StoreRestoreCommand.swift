import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore
import Files
import Messages

/// `store restore`.
enum StoreRestoreCommand {
  private static let source = Argument.required(
    "FILE", .file(), summary: "A copy from 'store backup'; - is standard input")

  static let command = Command<ControlAction>(
    "restore", summary: "Replace the content of the store with a backup",
    discussion: """
      FILE is checked first. The store is copied to STORE.before-restore-TIME. FILE is then written \
      into the store through SQLite in one step, so programs that have the store open see the new \
      content. A store that SQLite cannot open is moved aside instead. A missing store is created. \
      A damaged FILE is refused. Rows that a quick check complains about are noted; they do not \
      prevent the restore.

      Asks for the name of the store's file on a terminal; otherwise --yes is required.
      """,
    arguments: [source], options: MutationOptions.all,
    examples: [Example("Restore a backup", "everrunsctl store restore everruns-backup.db")],
    exitCodes: [
      .failure, .badInput, .noInput, .cannotCreate, .inputOutput, .busy, .permissionDenied,
      .interrupted,
    ]
  ) { session in
    let word = session.arguments[source]
    let location = try session.storeLocation()
    let kept = try session.keptPath(of: location)
    let input = try word == "-" ? session.confirmedInput() : nil
    let path = try input?.path ?? session.absolute(word)
    try session.refuseStore(as: path, word)
    session.context.interrupts.begin()
    let restore = try withExtendedLifetime(input) {
      try StoreRestore(
        of: path, named: FilePath(word), into: location,
        temporaryFolder: try session.temporaryFolder(),
        waiting: session.lockWait, writer: session.fileWriter)
    }
    session.endWatching()
    let copy =
      "'\(word)' (serial \(restore.serial), \(count(restore.organizationCount, "organization")))"
    let names = "'\(location.description.escapingControls())' from \(copy.escapingControls())"
    try restore.check()
    let hasProblems = try restore.hasProblems(presets: session.program.presets.map(\.name))
    guard !session.isDryRun else {
      if hasProblems { session.noteProblems(in: word) }
      try session.write(
        json: session.document(location, word, restore.serial, kept: nil, isRestored: false),
        text: "Dry run: would restore \(names).\n")
      return .success
    }
    try session.confirm(
      "Replace the content of store '\(location)' with \(copy)?",
      typing: FilePath(location.path ?? "").nameToType)
    session.context.interrupts.begin()
    let result = try restore.run(keeping: kept, change: session.change)
    session.effectOnFiles = .change
    if hasProblems { session.noteProblems(in: nil) }
    let previous =
      session.isQuiet
      ? ""
      : result.kept.map { "The previous content is in '\($0.description.escapingControls())'.\n" }
        ?? ""
    try session.write(
      json: session.document(
        location, word, result.serial, kept: result.kept, isRestored: true),
      text: "Restored \(names); it is at serial \(result.serial).\n\(previous)")
    return .success
  }
}

extension Session {
  /// A backup from standard input, which nobody can then use to confirm.
  fileprivate func confirmedInput() throws -> TemporaryFile {
    if !isDryRun { try checkConfirmation() }
    return try savedInput()
  }

  /// Notes that the quick checks found something.
  ///
  /// - Parameter word: The backup as the user named it, if it was not restored.
  fileprivate func noteProblems(in word: String?) {
    guard let word else {
      let command = next("store check", about: .store)
      return note("the restored content has problems; see each with its fix: \(command)")
    }
    let command = "\(program.name) store check -s \(word.shellQuoted)"
    note(
      "\(word.quoted) has problems"
        + (word == "-" ? "" : "; see each with its fix: \(command)"))
  }

  /// Where to keep the previous contents of a store.
  fileprivate func keptPath(of location: StoreLocation) throws -> FilePath {
    guard let path = location.path else { throw ControlError.notCopyable(location) }
    let time = Timestamp.utc(context.now()).filter { $0.isLetter || $0.isNumber }
    return FilePath(path).adding(suffix: ".before-restore-\(time)")
  }

  fileprivate func document(
    _ location: StoreLocation, _ word: String, _ serial: Int, kept: FilePath?, isRestored: Bool
  ) -> JSONValue {
    [
      "path": .string(location.description), "from": .string(word.showingKeptBytes),
      "serial": .integer(serial), "kept": .optional(kept?.description),
      "restored": .bool(isRestored),
    ]
  }
}

extension FilePath {
  /// The last path component, in a form that can be typed.
  fileprivate var nameToType: String { FilePath(bytes: name).description }
}
