import CommandLineTree
import Everruns
import EverrunsDocuments
import EverrunsStore

/// The options that every command takes.
enum ProgramOptions {
  static let store = Option.optional(
    "store", short: "s", .file(extensions: ["db"]), valueName: "PATH", summary: "The store",
    environment: [.substitute(StoreLocation.variable, summary: "The store, as --store")],
    absence: "~/.local/share/everruns/store.db")

  static let platform = Option.optional(
    "platform", short: "p", .file(extensions: DocumentFileName.extensions), valueName: "REF",
    summary: "The platform definition: a preset, a saved name, or a file",
    environment: [
      .substitute("EVERRUNS_PLATFORM", summary: "The platform definition, as --platform")
    ], absence: "the one in use")

  /// The options of commands that serve or run a definition.
  static let ofDefinition: [any CommandOption] = [store, platform]

  /// The exit codes of commands that serve or run a definition.
  static let exitCodesOfRunning = [0, 1, 64, 65, 66, 70, 73, 74, 75, 77]

  /// The environment of a run, in which ``store`` replaces its variable.
  static func environment(_ arguments: Arguments, _ context: ProgramContext) -> [String: String] {
    var environment = context.environment
    if let store = arguments[store] { environment[StoreLocation.variable] = store }
    return environment
  }
}
