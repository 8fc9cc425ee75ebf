import CommandLineTree
import Everruns
import EverrunsStore
import Files
import Foundation
import Messages

/// One run of the program: its context, its arguments, and what it has opened.
final class Session {
  let program: ProgramDescription
  let context: Context
  /// Standard output, which is held back while the store is read without locks.
  private let output: HeldOutput
  let arguments: Arguments
  /// The words of the command line, without the name of the program.
  let words: [String]
  /// The names of the command.
  let path: [String]
  private var openedStore: (any Store)??
  private var openedStores: [any Store] = []
  /// Whether standard input has been read.
  var isInputRead = false
  /// The notes that were made, each of which is written once.
  var madeNotes: Set<String> = []
  /// The notes and warnings that wait for the end of the run.
  var heldNotices: [Notice] = []
  /// The progress display, if someone can see it.
  private(set) lazy var progress: ProgressDisplay? = {
    guard !isQuiet, context.errorOutput.isTerminal,
      context.variable("TERM") != "dumb"
    else { return nil }
    return ProgressDisplay(output: context.errorOutput, now: context.now)
  }()

  init(
    _ program: ProgramDescription, _ context: Context, words: [String], path: [String],
    arguments: Arguments = Arguments()
  ) {
    self.program = program
    let output = HeldOutput(context.output)
    self.output = output
    var context = context
    context.output = output
    self.context = context
    self.words = words
    self.path = path
    self.arguments = arguments
    // The line of the display is not part of the output.
    output.willWrite = { [weak self] in self?.progress?.end() }
  }

  /// The output format.
  var format: OutputFormat { arguments[GlobalOptions.output] }

  /// Whether people want only the result that they asked for.
  var isQuiet: Bool { arguments[GlobalOptions.quiet] }

  /// Whether people want to see all that there is.
  var isVerbose: Bool { arguments[GlobalOptions.verbose] }

  /// Whether the result is text of which only the outcome is wanted.
  var isQuietText: Bool { format == .text && isQuiet }

  /// Whether the result is text that shows all that there is.
  var isVerboseText: Bool { format == .text && isVerbose }

  /// Whether the command only shows what it would do.
  var isDryRun: Bool { arguments[MutationOptions.dryRun] }

  /// Refuses a format that the command does not support.
  func check(_ formats: [OutputFormat]) throws {
    guard !formats.contains(format) else { return }
    throw usageError(
      "'\(path.joined(separator: " "))' does not support -o \(format.rawValue)",
      hint: "it supports \(formats.map(\.rawValue).joined(separator: ", "))")
  }

  /// Refuses a choice of the text's form together with an output format that is not this text.
  func check<Form: CommandLineChoice>(
    _ form: Option<Form>, goesWith formats: [OutputFormat]
  ) throws {
    guard arguments.isGiven(form), !formats.contains(format) else { return }
    throw usageError(
      "'\(form.specification.typedName) \(arguments[form].rawValue)' and '-o \(format.rawValue)' "
        + "cannot be given together",
      hint: "it works with -o \(formats.map(\.rawValue).joined(separator: ", "))")
  }

  /// A usage error that only this command can detect.
  func usageError(_ message: String, hint: String? = nil) -> ControlError {
    .usage(UsageError(.other(message: message, hint: hint), commandPath: path))
  }

  /// The deployment grade.
  ///
  /// - Throws: ``ControlError/grade(_:)`` if the environment has an unknown grade.
  func grade() throws(ControlError) -> Grade {
    do throws(UsageError.Problem) {
      return try arguments.value(of: GlobalOptions.grade)
    } catch {
      guard case .invalidValue(.variable(let variable), let text, _) = error else {
        throw ControlError.usage(UsageError(error, commandPath: path))
      }
      throw .grade(UnknownGrade(word: text, variable: variable))
    }
  }

  // MARK: The store

  /// The location of the store.
  func storeLocation() throws(ControlError) -> StoreLocation {
    let location: StoreLocation
    if let named = try namedStore {
      location = StoreLocation(named)
    } else {
      location = try ControlError.asking(StoreLocation.standard(variable: context.variable))
    }
    guard case .file(let path) = location else { return location }
    do {
      return .file(path: try absolute(path).word)
    } catch {
      throw ControlError(wrapping: error)
    }
  }

  /// The store's path or address, if the user gave one.
  private var namedStore: String? {
    get throws(ControlError) { try value(of: GlobalOptions.store) }
  }

  /// The reference of the definition, if the option or the environment has one.
  var namedPlatform: String? {
    get throws(ControlError) { try value(of: GlobalOptions.platform) }
  }

  /// The value of an option; an error if its environment variable has an invalid text.
  private func value<Value>(of option: Option<Value>) throws(ControlError) -> Value {
    do throws(UsageError.Problem) {
      return try arguments.value(of: option)
    } catch {
      throw ControlError.usage(UsageError(error, commandPath: path))
    }
  }

  /// Whether the command writes: it creates the store if there is none, and migrates an older one.
  private var writesStore: Bool {
    let options = program.tree.command(at: path)?.options ?? []
    let changes = options.contains {
      $0.specification.name == MutationOptions.dryRun.specification.name
    }
    return changes && !isDryRun
  }

  /// The store, opened for reading; `nil` if there is none yet.
  func storeForReading() throws(ControlError) -> (any Store)? {
    if let openedStore { return openedStore }
    let store = try openStore()
    openedStore = .some(store)
    if store == nil, !writesStore, try namedStore != nil {
      note("no store at '\(try storeLocation())' yet; showing what a new one would get")
    }
    return store
  }

  /// The store to compare a definition with; an empty one if there is none yet.
  func storeForComparing() throws(ControlError) -> any Store {
    if let store = try storeForReading() { return store }
    let location = try storeLocation()
    return try ControlError.asking(program.stores.emptyStore(at: location))
  }

  /// The store, for a command that reads its rows: a named store must exist.
  func storeOfRecords() throws(ControlError) -> (any Store)? {
    let store = if let openedStore { openedStore } else { try openStore() }
    openedStore = .some(store)
    if store == nil {
      guard try namedStore == nil else { throw try noStore() }
      note("no store yet")
    }
    return store
  }

  /// The store, for a command about the store itself: it must exist.
  ///
  /// - Parameter checksSchema: Whether to refuse a store whose schema is damaged.
  /// - Returns: The store, opened for reading.
  /// - Throws: ``ControlError/noStore(_:next:)`` if it does not exist; an error if it cannot be
  ///   opened.
  func existingStore(checksSchema: Bool = true) throws(ControlError) -> any Store {
    guard let store = try openStore(checksSchema: checksSchema) else { throw try noStore() }
    return store
  }

  private func noStore() throws(ControlError) -> ControlError {
    .noStore(try storeLocation(), next: next("store init", about: .store))
  }

  private func openStore(checksSchema: Bool = true) throws(ControlError) -> (any Store)? {
    do throws(ControlError) {
      return try openedForReading(checksSchema: checksSchema).map(watched)
    } catch .store(.olderSchema(let location, let found, let known)) where writesStore {
      guard let older = try openedForReading(checksSchema: false) as? any CopyableStore else {
        throw .store(.olderSchema(location, found: found, known: known))
      }
      // The store itself is migrated when it is opened for writing: the command may end before.
      defer { older.close() }
      return watched(try ControlError.asking(older.migratedCopy()))
    }
  }

  private func openedForReading(checksSchema: Bool) throws(ControlError) -> (any Store)? {
    let location = try storeLocation()
    return try ControlError.asking(
      program.stores.openForReading(
        location, checksSchema: checksSchema, waiting: lockWait, interruption: throwIfInterrupted))
  }

  /// The store, opened for writing, and created if there is none.
  ///
  /// - Parameter repairs: Whether to restore missing parts of its schema.
  /// - Returns: The store, which replaces the one that was open for reading.
  /// - Throws: ``ControlError`` if it cannot be opened or created.
  func storeForWriting(repairs: Bool = false) throws(ControlError) -> any Store {
    closeStores()
    let location = try storeLocation()
    // From here on, a signal must not end the program before it has said what is changed.
    try ControlError.asking(throwIfInterrupted())
    let store = watched(
      try ControlError.asking(
        program.stores.openForWriting(
          location, repairs: repairs, ids: UUIDGenerator(now: context.now),
          waiting: lockWait, interruption: throwIfInterrupted)))
    openedStore = .some(store)
    return store
  }

  /// Refuses in a dry run what the store would refuse before it writes anything.
  ///
  /// - Parameter write: What the command would write.
  /// - Throws: The error of the store, or of creating it.
  func checkDryRun(_ write: PlannedWrite) throws {
    guard isDryRun else { return }
    guard let store = try storeForReading() else {
      return try program.stores.checkCreation(
        at: storeLocation(), interruption: throwIfInterrupted)
    }
    try store.checkAcceptance(of: write)
  }

  // MARK: Waits and long work

  /// The wait for a lock that another program holds, which someone at a terminal is told of and an
  /// interrupt ends.
  var lockWait: LockWait {
    LockWait(arguments[GlobalOptions.wait]) { [weak self] locked, waited in
      guard let self else { return false }
      context.interrupts.begin()
      guard !context.interrupts.isPending else { return false }
      show(waitingFor: locked, waited)
      return true
    }
  }

  /// Says what is waited for, if it is no longer a short wait.
  private func show(waitingFor locked: String, _ waited: Duration) {
    guard waited >= .seconds(1) else { return }
    let limit = ValueFormat.duration.text(arguments[GlobalOptions.wait])
    let words = "at most \(limit) for the lock on"
    if let progress {
      progress.show("Waiting \(words)", locked)
    } else if isVerbose || context.errorOutput.isTerminal {
      // A terminal that erases nothing gets a line that stays.
      note("waiting \(words) \(locked.quoted)")
    }
  }

  /// A store whose long work shows progress and can be interrupted.
  private func watched(_ store: any Store) -> any Store {
    openedStores.append(store)
    if store.isReadWithoutLocks { output.hold() }
    store.progress = { [weak self] progress throws(StoreError) in
      guard let self else { return }
      try self.throwIfInterrupted()
      self.progress?.show(progress)
    }
    return store
  }

  /// Throws once the user wants to stop; watches for that from the first call on.
  func throwIfInterrupted() throws(StoreError) {
    context.interrupts.begin()
    if context.interrupts.isPending { throw .interrupted }
  }

  /// Checks that everything that was read belongs to one state of the store, and writes the output
  /// held back until then.
  ///
  /// - Throws: ``StoreError/changedWhileRead(_:)`` if it may not; the held output is discarded.
  func finishReading() throws {
    do {
      try checkReading()
    } catch {
      output.discard()
      throw error
    }
    try output.release()
  }

  /// Checks that everything read so far belongs to one state of the store.
  ///
  /// - Throws: ``StoreError/changedWhileRead(_:)`` if it may not.
  func checkReading() throws {
    for store in openedStores { try store.checkUnchanged() }
  }

  /// What the run did that stays, however it ends; `nil` for nothing.
  var lastingEffect: ControlError.LastingEffect? {
    openedStores.contains(where: \.hasCommitted) ? .change : effectOnFiles
  }
  /// What the run did to files.
  var effectOnFiles: ControlError.LastingEffect?

  /// Closes every store that was opened.
  func closeStores() {
    for store in openedStores {
      store.close()
      context.dispose(store)
    }
    openedStores = []
    openedStore = nil
  }

  /// Ends the progress display and the watch for interrupts.
  func endProgress() {
    endWatching()
    progress?.end()
  }

  /// Ends the watch for interrupts, unless something was done that stays.
  ///
  /// All that is left then is to report it; the exit code of a signal would deny it. A
  /// second interrupt still stops the program.
  func endWatching() {
    if lastingEffect == nil { context.interrupts.end() }
  }

  /// Who makes the changes of this run, with which command and why.
  var change: StoreChange {
    StoreChange(
      actor: (context.variable("USER") ?? context.variable("LOGNAME") ?? String(context.userID))
        .showingKeptBytes,
      command: ([program.name]
        + words.map { StoreAddress.maskingPassword(in: $0).shellQuoted })
        .joined(separator: " "),
      reason: arguments[MutationOptions.reason], now: context.now)
  }

  /// The platform of an argument.
  ///
  /// - Throws: ``ControlError/usage(_:)`` if `-p` names another one.
  func reference(_ argument: Argument<String?>) throws -> String? {
    guard let named = arguments[argument] else { return nil }
    if arguments.isGiven(GlobalOptions.platform), let option = arguments[GlobalOptions.platform],
      option != named
    {
      throw usageError("the platform is given twice: \(named.quoted) and \(option.quoted)")
    }
    return named
  }
}
