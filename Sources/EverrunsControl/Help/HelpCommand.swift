import CommandLineTree

/// `help`.
enum HelpCommand {
  static let words = Argument.list(
    "COMMAND", .dynamic("command"), mayBeEmpty: true, summary: "A command or a topic")

  static let command = Command<ControlAction>(
    "help", summary: "Show help on a command or a topic", arguments: [words],
    examples: [
      Example("Show the exit codes", "everrunsctl help exit-codes"),
      Example("Show the help of a command", "everrunsctl help seed preview"),
    ], isSelfContained: true, formats: [.text]
  ) { session in
    try session.show(
      help: try session.program.tree.helpSubject(for: session.arguments[words]))
  }
}
