import CommandLineTree

/// The options of every command that makes changes.
enum MutationOptions {
  static let dryRun = Option.flag(
    "dry-run", short: "n", summary: "Show what would change, without changing anything",
    category: .mutation)

  static let yes = Option.flag(
    "yes", short: "y", summary: "Answer every question with yes", category: .mutation)

  static let reason = Option.optional(
    "reason", .text, valueName: "TEXT", summary: "The reason, for the history", category: .mutation)

  static let all: [any CommandOption] = [dryRun, yes, reason]
}

extension OptionCategory {
  static let mutation = OptionCategory("Options of commands that change something")
}
