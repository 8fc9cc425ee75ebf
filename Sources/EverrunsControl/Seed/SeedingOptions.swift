public import CommandLineTree
public import Everruns

/// The options of all commands that compare a store with what should be in it.
enum SeedingOptions {
  private static let category = OptionCategory("Seeding options")

  static let catalog = ValueOption(
    "catalog", .file(extensions: ["json", "yaml", "yml"]), valueName: "FILE",
    summary: "A seed catalog of your own", category: category, defaultText: "the stock catalog")
  static let organizations = ListOption(
    "org", .dynamic("organization"), summary: "Only this organization", category: category)
  static let prune = ValueOption(
    "prune", .choice(SeedOptions.Prune.self), valueName: "HOW",
    summary: "What becomes of built-in harnesses that the definition no longer has",
    category: category)
  static let overwrite = Flag(
    "overwrite", summary: "Take the catalog's content over edits, deletions and chosen settings",
    category: category)
  static let adopt = ListOption(
    "adopt", .dynamic("blocked-address"), valueName: "ADDRESS",
    summary: "Make the organization's own harness of this address the built-in one",
    category: category)
  static let acceptOwn = ListOption(
    "accept-own", .dynamic("blocked-address"), valueName: "ADDRESS",
    summary: "Remember that the organization's own harness of this address stays",
    category: category)
  static let expand = Flag(
    "expand", summary: "List equal rows of several organizations one by one", category: category)

  static let full = Flag(
    "full", summary: "Compare every row, not only what changed since the last run",
    category: category)

  static let all: [any CommandOption] = [
    catalog, organizations, prune, overwrite, adopt, acceptOwn, expand, full,
  ]

  static let exitCode = Flag(
    "exit-code", summary: "End with 2 if the plan makes or finds a difference")
  static let strict = Flag("strict", summary: "Do nothing if a row is blocked")
}

extension SeedOptions.Prune: CommandLineChoice {
  /// What the value means, in help and completions.
  public var choiceSummary: String {
    switch self {
    case .release: "they stay, as the organization's own"
    case .delete: "they are removed, unless they are in use"
    }
  }
}
