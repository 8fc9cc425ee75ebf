import CommandLineTree

/// `help`.
enum HelpCommand {
  static let words = Argument.list(
    "COMMAND", .dynamic("command"), mayBeEmpty: true, summary: "A command or a topic")

  static let command = Command<ControlAction>(
    "help", summary: "Show help on a command or a topic",
    discussion: "JSON lists the commands, arguments, options and exit codes of a command.",
    arguments: [words],
    examples: [
      Example("Show the exit codes", "everrunsctl help exit-codes"),
      Example("Show the help of a command", "everrunsctl help seed preview"),
    ], input: .nothing
  ) { session in
    try session.show(
      help: try session.program.tree.helpSubject(for: session.arguments[words]))
  }
}
