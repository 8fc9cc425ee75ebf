import CommandLineTree
import Everruns
import EverrunsDocuments

/// `version`.
enum VersionCommand {
  static let command = Command<ControlAction>(
    "version", summary: "Show the version", run: run)

  @Sendable static func run(_ session: Session) throws -> ExitCode {
    let program = session.program
    try session.write(
      json: ["name": .string(program.name), "version": .string(program.version)],
      text: program.tree.versionLine + "\n")
    return .success
  }
}
