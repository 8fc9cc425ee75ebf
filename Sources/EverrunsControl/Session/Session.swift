import CommandLineTree
import Everruns
import EverrunsStore
import Files
import Foundation
import Messages

/// One run of the program: its world, its arguments, and what was opened on the way.
final class Session {
  let program: ProgramDescription
  let context: Context
  let arguments: Arguments
  /// The words of the command line, without the name of the program.
  let words: [String]
  /// The names that lead to the command.
  let path: [String]
  private var openedStore: SQLiteStore??
  private var openedStores: [SQLiteStore] = []
  /// Where long work shows how far it has come, if somebody can see it.
  private(set) lazy var progress: ProgressDisplay? = {
    guard !arguments[GlobalOptions.quiet], context.errorOutput.isTerminal,
      context.variable("TERM") != "dumb"
    else { return nil }
    return ProgressDisplay(output: context.errorOutput, now: context.now)
  }()

  init(
    _ program: ProgramDescription, _ context: Context, words: [String], path: [String],
    arguments: Arguments = Arguments()
  ) {
    self.program = program
    self.context = context
    self.words = words
    self.path = path
    self.arguments = arguments
  }

  /// The form in which the result is written.
  var format: OutputFormat { arguments[GlobalOptions.output] }

  /// Refuses a form that the command cannot write.
  func check(_ formats: [OutputFormat]) throws {
    guard !formats.contains(format) else { return }
    throw usageError(
      "'\(path.joined(separator: " "))' cannot write '\(format.rawValue)'",
      hint: "it can write \(formats.map(\.rawValue).joined(separator: ", "))")
  }

  /// The error that the command line is wrong in a way that only this command knows.
  func usageError(_ message: String, hint: String? = nil) -> ControlError {
    .usage(UsageError(.other(message: message, hint: hint), commandPath: path))
  }

  /// The deployment grade.
  ///
  /// - Throws: ``ControlError/unknownGrade(_:variable:)`` if the environment has another word.
  func grade() throws -> Grade {
    do throws(UsageError.Problem) {
      return try arguments.value(of: GlobalOptions.grade)
    } catch {
      guard case .invalidValue(.variable(let variable), let text, _) = error else {
        throw ControlError.usage(UsageError(error, commandPath: path))
      }
      throw ControlError.unknownGrade(text, variable: variable)
    }
  }

  // MARK: The store

  /// Where the store is or will be.
  func storePath() throws -> String {
    if let path = try namedStorePath { return try absolute(path).word }
    let relative = "everruns/store.db"
    // A relative value is invalid and ignored: XDG Base Directory Specification.
    if let data = context.variable("XDG_DATA_HOME"), data.hasPrefix("/") {
      return data + "/" + relative
    }
    guard let home = context.variable("HOME") else { throw ControlError.storeLocationUnknown }
    return try absolute(home).word + "/.local/share/" + relative
  }

  /// The store's path, where the user gave one.
  var namedStorePath: String? {
    get throws {
      do throws(UsageError.Problem) {
        return try arguments.value(of: GlobalOptions.store)
      } catch {
        throw ControlError.usage(UsageError(error, commandPath: path))
      }
    }
  }

  /// The store, opened to be read; `nil` if there is none yet.
  func storeForReading() throws -> SQLiteStore? {
    if let openedStore { return openedStore }
    let store = watched(try SQLiteStore.openForReading(try storePath()))
    openedStore = .some(store)
    if store == nil, try namedStorePath != nil {
      note("there is no store at '\(try storePath())' yet; this is how it is with a new one")
    }
    return store
  }

  /// The store for a command that reads its rows: one that was named must be there.
  func storeOfRecords() throws -> SQLiteStore? {
    let path = try storePath()
    let store = watched(try SQLiteStore.openForReading(path))
    openedStore = .some(store)
    if store == nil {
      guard try namedStorePath == nil else {
        throw ControlError.noStore(path: path, next: next("store init"))
      }
      note("there is no store yet")
    }
    return store
  }

  /// The store, opened to be changed, and made if there is none.
  func storeForWriting() throws -> SQLiteStore {
    closeStores()
    let store = try SQLiteStore.openForWriting(try storePath()) {
      Identifier.version7(at: context.now())
    }
    openedStore = .some(store)
    return watched(store) ?? store
  }

  /// A store whose long work is shown and can be interrupted.
  private func watched(_ store: SQLiteStore?) -> SQLiteStore? {
    guard let store else { return nil }
    openedStores.append(store)
    store.progress = { [weak self] progress in
      guard let self else { return }
      self.makeRoom(for: progress)
      self.context.interrupts.begin()
      if self.context.interrupts.isPending { throw StoreError.interrupted }
      self.progress?.show(progress)
    }
    return store
  }

  /// Lets go of what was needed before, where long work begins or ends.
  private func makeRoom(for progress: SeedProgress) {
    let many = 1_000
    guard progress.total >= many, progress.done == 0 || progress.done == progress.total else {
      return
    }
    context.releaseMemory()
  }

  /// Ends the use of every store that was opened.
  func closeStores() {
    for store in openedStores { store.close() }
    openedStores = []
    openedStore = nil
  }

  /// Ends the watch over long work.
  func endProgress() {
    context.interrupts.end()
    progress?.end()
  }

  /// Who changes the store in this run, with what and why.
  var change: StoreChange {
    StoreChange(
      actor: context.variable("USER") ?? context.variable("LOGNAME") ?? String(context.userID),
      command: ([program.name] + words.map(\.shellQuoted)).joined(separator: " "),
      reason: arguments[MutationOptions.reason], at: Timestamp.utc(context.now()))
  }

  /// A command to run next, with the store and the platform that this one was given.
  ///
  /// - Parameter namesPlatform: Whether the command is about a platform at all.
  func next(_ command: String, namesPlatform: Bool = true) -> String {
    let options = [GlobalOptions.store] + (namesPlatform ? [GlobalOptions.platform] : [])
    let given = options.filter(arguments.isGiven).compactMap { option in
      arguments[option].map { "-\(option.specification.short ?? "-") \($0.shellQuoted)" }
    }
    return ([program.name, command] + given).joined(separator: " ")
  }

  /// The platform that an argument names.
  ///
  /// - Throws: ``ControlError/usage(_:)`` if `-p` names another one.
  func reference(_ argument: Argument<String?>) throws -> String? {
    guard let named = arguments[argument] else { return nil }
    if arguments.isGiven(GlobalOptions.platform), let option = arguments[GlobalOptions.platform],
      option != named
    {
      throw usageError("the platform is named twice, \(named.quoted) and \(option.quoted)")
    }
    return named
  }
}
