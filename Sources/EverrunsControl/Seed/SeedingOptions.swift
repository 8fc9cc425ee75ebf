public import CommandLineTree
public import EverrunsSeeding

/// The options of all commands that compare a store with what should be in it.
enum SeedingOptions {
  private static let category = OptionCategory("Seeding options")

  static let catalog = Option.optional(
    "catalog", .file(extensions: DocumentFile.extensions), valueName: "FILE",
    summary: "A seed catalog of your own", category: category, absence: "the stock catalog")
  static let organizations = Option.list(
    "org", .dynamic("organization"), summary: "Only this organization", category: category)
  static let prune = Option.optional(
    "prune", .choice(SeedOptions.Prune.self), valueName: "HOW",
    summary: "What becomes of built-in harnesses that the definition no longer has",
    category: category)
  static let overwrite = Option.flag(
    "overwrite", summary: "Take the catalog's content over edits, deletions and chosen settings",
    category: category)
  static let adopt = Option.list(
    "adopt", .dynamic("blocked-address"), valueName: "ADDRESS",
    summary: "Make the organization's own harness of this address the built-in one",
    category: category)
  static let acceptOwn = Option.list(
    "accept-own", .dynamic("blocked-address"), valueName: "ADDRESS",
    summary: "Remember that the organization's own harness of this address stays",
    category: category)
  static let expand = Option.flag(
    "expand", summary: "List equal rows of several organizations one by one", category: category)

  static let full = Option.flag(
    "full", summary: "Compare every row, not only what changed since the last run",
    category: category)

  static let all: [any CommandOption] = [
    catalog, organizations, prune, overwrite, adopt, acceptOwn, expand, full,
  ]

  static let exitCode = Option.flag(
    "exit-code", summary: "End with 2 if the plan makes or finds a difference")
  static let backup = Option.optional(
    "backup", .file(extensions: ["db"]), valueName: "FILE",
    summary: "Copy the store as it is before the first write")
  static let strict = Option.flag("strict", summary: "Do nothing if a row is blocked")
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
