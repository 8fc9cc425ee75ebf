import CommandLineTree
import EverrunsDocuments
package import EverrunsSeeding
import EverrunsStore

/// The options of the commands that compare a store with the desired state.
enum SeedingOptions {
  private static let category = OptionCategory("Seeding options")

  // MARK: What is compared, and what may be done

  static let catalog = Option.optional(
    "catalog", .file(extensions: DocumentFileName.extensions), valueName: "FILE",
    summary: "Use this seed catalog", category: category, absence: "the stock catalog")
  static let organizations = Option.list(
    "org", .dynamic("organization"), summary: "Only this organization", category: category)
  static let prune = Option.optional(
    "prune", .choice(SeedOptions.Prune.self), valueName: "HOW",
    summary: "What to do with built-in harnesses that left the definition",
    category: category)
  static let overwrite = Option.flag(
    "overwrite", summary: "Let the catalog win over local edits, deletions and settings",
    category: category)
  static let adopt = Option.list(
    "adopt", .dynamic("blocked-address"), valueName: "ADDRESS",
    summary: "Overwrite the organization's own harness at ADDRESS with the built-in one",
    category: category)
  static let acceptOwn = Option.list(
    "accept-own", .dynamic("blocked-address"), valueName: "ADDRESS",
    summary: "Remember that the organization's own harness at ADDRESS stays",
    category: category)
  static let full = Option.flag(
    "full", summary: "Compare every row, not only what changed since the last run",
    category: category)

  /// The options that affect decisions.
  static let deciding: [any CommandOption] = [
    catalog, organizations, prune, overwrite, adopt, acceptOwn,
  ]

  /// The options of every command that compares.
  static let comparing: [any CommandOption] = deciding + [full]

  // MARK: What is shown, and what stops a run

  static let expand = Option.flag(
    "expand", summary: "Do not fold identical rows of several organizations", category: category)
  static let deny = Option.list(
    "deny", .choice(DeniedOutcome.self), valueName: "ACTION|CODE",
    summary: "Exit with 3, and apply nothing, if a row has this action or reason",
    category: category)
  static let strict = Option.flag(
    "strict", summary: "Exit with 3, and apply nothing, if a row is blocked", category: category)

  /// The options of the commands that show a whole plan.
  static let planning: [any CommandOption] = comparing + [expand, deny]

  static let backup = Option.optional(
    "backup", .file(extensions: ["db"]), valueName: "FILE",
    summary: "Back up the store to FILE before the first write")

  /// The options of the commands that apply a plan.
  static let applying: [any CommandOption] = [strict, backup, OutputOptions.force]
  /// Those of them that have an effect only together with another one.
  static let dependentOnApplying: [(option: any CommandOption, needs: any CommandOption)] = [
    (OutputOptions.force, needs: backup)
  ]

  static let kinds = Option.list(
    "kind", .choice(RecordKind.self), summary: "Show only rows of this kind")
  static let actions = Option.list(
    "action", .choice(SeedAction.self), summary: "Show only rows with this action")
  static let codes = Option.list(
    "reason-code", .choice(SeedReason.Code.self), valueName: "CODE",
    summary: "Show only rows with this reason")

  /// The options that select the rows to show.
  static let filters: [any CommandOption] = [kinds, actions, codes]

  static let exitCode = Option.flag("exit-code", summary: "Exit with 2 if there are differences")
}

extension SeedOptions.Prune: CommandLineChoice {
  /// What the value means, in help and completions.
  package var choiceSummary: String {
    switch self {
    case .release: "they become the organization's own"
    case .delete: "they are deleted, unless they are in use"
    }
  }
}

extension SeedAction: CommandLineChoice {
  /// What the value means, in help and completions.
  package var choiceSummary: String { summary }
}

extension SeedReason.Code: CommandLineChoice {
  /// What the value means, in help and completions.
  package var choiceSummary: String { summary }
}
