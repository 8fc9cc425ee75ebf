public import CommandLineTree
public import Everruns

/// In which form results are written.
enum OutputFormat: String, CommandLineChoice {
  case text
  case json
  case yaml
  case name
  case markdown

  var choiceSummary: String {
    switch self {
    case .text: "for people"
    case .json: "for programs"
    case .yaml: "the same as JSON, as YAML"
    case .name: "ids, one a line, for lists"
    case .markdown: "for review comments, for plans and differences"
    }
  }
}

/// When colours are used.
enum ColorChoice: String, CommandLineChoice {
  case auto
  case always
  case never

  var choiceSummary: String {
    switch self {
    case .auto: "where the stream is a terminal"
    case .always: "always"
    case .never: "never"
    }
  }
}

extension Grade: CommandLineChoice {
  /// What the value means, in help and completions.
  public var choiceSummary: String {
    switch self {
    case .dev: "development, with everything experimental"
    case .poc: "proof of concept"
    case .preview: "preview or staging"
    case .prod: "production"
    }
  }
}

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

/// The options that every command takes that changes something.
enum MutationOptions {
  static let dryRun = Flag(
    "dry-run", short: "n", summary: "Show what would be done, and do nothing",
    category: .mutation)

  static let yes = Flag(
    "yes", short: "y", summary: "Answer every question with yes", category: .mutation)

  static let reason = ValueOption(
    "reason", .text, valueName: "TEXT", summary: "Why, for the history", category: .mutation)

  static let all: [any CommandOption] = [dryRun, yes, reason]
}

extension OptionCategory {
  static let global = OptionCategory("Global options")
  static let mutation = OptionCategory("Options of commands that change something")
}

extension ValueFormat where Value == String {
  /// A reference to a platform definition.
  static var platformReference: Self {
    .dynamic("platform", orFile: ["json", "yaml", "yml"])
  }
}
