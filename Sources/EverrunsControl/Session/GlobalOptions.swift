import CommandLineTree
import Everruns
import EverrunsStore

/// The options of every command.
enum GlobalOptions {
  static let platformVariable = EnvironmentVariable<String>.substitute(
    "EVERRUNS_PLATFORM", summary: "The platform definition, as --platform")

  static let platform = Option.optional(
    "platform", short: "p", .platformReference, valueName: "REF",
    summary: "The platform definition: a preset, a saved name, a file, or -", category: .global,
    environment: [platformVariable], absence: "the one in use")

  static let store = Option.optional(
    "store", short: "s", .file(extensions: ["db"]), valueName: "PATH", summary: "The store",
    category: .global,
    environment: [.substitute(StoreLocation.variable, summary: "The store, as --store")],
    absence: "~/.local/share/everruns/store.db")

  static let output = Option.defaulted(
    "output", short: "o", .choice(OutputFormat.self), default: .text, valueName: "FORMAT",
    summary: "Output format", category: .global)

  static let grade = Option.defaulted(
    "grade", .choice(Grade.self, aliases: Grade.aliases, ignoringCase: true), default: .prod,
    valueName: "GRADE", summary: "Deployment grade", category: .global,
    environment: [
      .substitute(Grade.variable, summary: "The grade, as --grade"),
      .deciding(
        Grade.developmentVariable,
        summary: "true or 1 means grade dev, unless DEPLOYMENT_GRADE is set"
      ) { Grade(developmentMode: $0) },
    ])

  static let quiet = Option.flag(
    "quiet", short: "q",
    summary: "Show only the result: no notes, no next steps",
    category: .global)

  static let verbose = Option.flag(
    "verbose", short: "v", summary: "Show more: unchanged rows, full lists, origins",
    category: .global)

  /// Colors follow the option, then `NO_COLOR` (no-color.org), then `CLICOLOR_FORCE`
  /// (bixense.com/clicolors).
  static let color = Option.defaulted(
    "color", .choice(ColorChoice.self), default: .auto, valueName: "WHEN",
    summary: "When to use color", category: .global,
    environment: [
      .deciding("NO_COLOR", summary: "If set, no color") { _ in .never },
      .deciding(
        "CLICOLOR_FORCE",
        summary: "If set and not 0, color even when output is not a terminal"
      ) { $0 == "0" ? nil : .always },
    ])

  static let wait = Option.defaulted(
    "wait", .duration, default: .seconds(5), valueName: "DURATION",
    summary: "How long to wait for a busy store or a locked file, such as 300ms, 5s, 2m or 0",
    category: .global)

  static let all: [any CommandOption] = [
    platform, store, output, grade, quiet, verbose, color, wait,
  ]
}
