import CommandLineTree
import Everruns

/// `help`.
enum HelpCommand {
  static let words = OperandList(
    "COMMAND", .dynamic("command"), mayBeEmpty: true, summary: "A command, or a topic")

  static let command = Command<ControlAction>(
    "help", summary: "Show help on a command or a topic", operands: [words],
    examples: [
      Example("Read what exit codes mean", "everrunsctl help exit-codes"),
      Example("Read about a command", "everrunsctl help seed preview"),
    ], formats: [.text]
  ) { session in
    try session.show(
      help: try session.control.tree.helpSubject(for: session.arguments[words]))
  }
}

/// `version`.
enum VersionCommand {
  static let command = Command<ControlAction>(
    "version", summary: "Show the version", run: run)

  @Sendable static func run(_ session: Session) throws -> ExitCode {
    let control = session.control
    try session.write(
      json: ["name": .string(control.name), "version": .string(control.version)],
      text: control.tree.versionLine + "\n")
    return .success
  }
}
