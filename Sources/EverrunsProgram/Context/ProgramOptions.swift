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
}
