import CommandLineTree
import Everruns
import EverrunsStore
import Foundation
import Messages

/// The stock program `everruns`: what serves and runs a platform definition.
enum Program {
  static let tree = CommandTree<ProgramAction>(
    name: "everruns", version: PackageVersion.current,
    summary: "Serve and run an Everruns platform definition",
    commands: commands, exitCodes: exitCodes, environment: environment, files: files)

  private static let commands = [
    ServeCommand.command, WorkCommand.command, OpenAPICommand.command, DriversCommands.group,
  ]

  private static var exitCodes: [ExitCodeDescription] {
    ExitCode.allCases.map { ExitCodeDescription(Int($0.rawValue), $0.summary) }
  }

  /// Runs the command line of this process and ends it.
  static func main() async -> Never {
    signal(SIGPIPE, SIG_IGN)
    exit(await run(Array(CommandLine.arguments.dropFirst()), in: .process).rawValue)
  }

  /// Runs one command line.
  ///
  /// - Parameter words: The words of the command line, without the name of the program.
  /// - Returns: How the run ended.
  static func run(_ words: [String], in context: ProgramContext) async -> ExitCode {
    do {
      switch try tree.parse(words, environment: context.environment.variable) {
      case .version: context.output(tree.versionLine + "\n")
      case .help(let path): context.output(tree.help(for: path))
      case .run(let invocation):
        try await invocation.action.run(invocation.arguments, context)
      }
      return .success
    } catch {
      return report(error, in: context)
    }
  }

  private static func report(_ error: any Error, in context: ProgramContext) -> ExitCode {
    switch error {
    case let failure as ParseFailure:
      let usage = failure.error
      context.errorOutput(
        lines(usage.message, hint: usage.hint)
          + "usage: \(tree.usage(for: usage.commandPath))\n"
          + tree.helpInvitation(for: usage.commandPath) + "\n")
      return .usage
    case let settings as InvalidSettings:
      for message in settings.messages { context.errorOutput(lines(message, hint: nil)) }
      if let hint = settings.hint { context.errorOutput("hint: \(hint.escapingControls())\n") }
      return .usage
    case let error as any ReportableError:
      context.errorOutput(lines(error.message, hint: error.hint))
      return error.code.exitCode
    default:
      context.errorOutput(lines("\(error)", hint: nil))
      return .internalError
    }
  }

  private static func lines(_ message: String, hint: String?) -> String {
    "error: \(message.escapingControls())\n"
      + (hint.map { "hint: \($0.escapingControls())\n" } ?? "")
  }
}
