import CommandLineTree
import Everruns
import EverrunsStore
import Foundation
import Messages

/// The stock program `everruns`, which serves and runs a platform definition.
enum Program {
  static let tree = CommandTree<ProgramAction>(
    name: "everruns", version: PackageVersion.current,
    summary: "Serve and run an Everruns platform definition",
    discussion: """
      A server offers sessions, their events and the administration of organizations over HTTP. \
      Workers run the turns of the sessions. They share one store and one platform definition; \
      everrunsctl(1) inspects and changes both.
      """,
    commands: commands, exitCodes: exitCodes, environment: environment, files: files)

  private static let commands = [
    ServeCommand.command, WorkCommand.command, OpenAPICommand.command, DriversCommands.group,
  ]

  private static var exitCodes: [ExitCodeDescription] {
    let possible = Set(tree.allCommands.flatMap(\.command.exitCodes))
    return ExitCode.allCases.map { ExitCodeDescription(Int($0.rawValue), $0.summary) }
      .filter { possible.contains($0.code) }
  }

  /// Runs the command line of this process and ends it.
  static func main() async -> Never {
    signal(SIGPIPE, SIG_IGN)
    exit(await run(Array(CommandLine.arguments.dropFirst()), in: .process).rawValue)
  }

  /// Runs one command line.
  ///
  /// - Parameters:
  ///   - words: The words of the command line, without the name of the program.
  ///   - context: The streams, the environment and the rest of the process.
  /// - Returns: The exit code; errors have been reported.
  static func run(_ words: [String], in context: ProgramContext) async -> ExitCode {
    do {
      switch try tree.parse(words, environment: context.environment.variable) {
      case .version: try context.output(tree.versionLine + "\n")
      case .help(let path): try context.output(tree.help(for: path))
      case .run(let invocation):
        try await invocation.action.run(invocation.arguments, context)
      }
      return .success
    } catch let failure as ParseFailure {
      let usage = ProgramFailure.usage(failure.error)
      context.errorOutput(
        usage.report + "usage: \(tree.usage(for: failure.error.commandPath))\n"
          + tree.helpInvitation(for: failure.error.commandPath) + "\n")
      return usage.exitCode
    } catch {
      let failure = reportable(error)
      guard failure.exitCode != .success else { return .success }
      context.errorOutput(failure.report)
      return failure.exitCode
    }
  }

  private static func reportable(_ error: any Error) -> any ReportableError {
    switch error {
    case let settings as InvalidSettings: ProgramFailure.settings(settings)
    case let error as any ReportableError: error
    default: ProgramFailure.unexpected("\(error)")
    }
  }
}
