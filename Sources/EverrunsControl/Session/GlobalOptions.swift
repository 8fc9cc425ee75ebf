import CommandLineTree
import Everruns

/// The options that every command takes.
enum GlobalOptions {
  static let platform = ValueOption(
    "platform", short: "p", .platformReference, valueName: "REF",
    summary: "The platform definition: a preset, a saved name, a file, or -", category: .global,
    environment: "EVERRUNS_PLATFORM", defaultText: "the one in use")

  static let store = ValueOption(
    "store", short: "s", .file(extensions: ["db"]), valueName: "PATH", summary: "The store",
    category: .global, environment: "EVERRUNS_STORE",
    defaultText: "~/.local/share/everruns/store.db")

  static let output = ValueOption(
    "output", short: "o", .choice(OutputFormat.self), valueName: "FORMAT",
    summary: "The form of the result", category: .global, defaultText: "text")

  static let grade = ValueOption(
    "grade",
    .choice(
      Grade.self, aliases: ["development": .dev, "staging": .preview, "production": .prod],
      ignoringCase: true),
    valueName: "GRADE", summary: "How close to production the deployment is", category: .global,
    environment: "DEPLOYMENT_GRADE", defaultText: "prod")

  static let quiet = Flag(
    "quiet", short: "q", summary: "Write no notes", category: .global)

  static let verbose = Flag(
    "verbose", short: "v", summary: "Write more", category: .global)

  static let color = ValueOption(
    "color", .choice(ColorChoice.self), valueName: "WHEN", summary: "Whether to use colours",
    category: .global, defaultText: "auto")

  static let all: [any CommandOption] = [
    platform, store, output, grade, quiet, verbose, color,
  ]
}

extension OptionCategory {
  static let global = OptionCategory("Global options")
}
