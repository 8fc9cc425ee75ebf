import CommandLineTree
public import Everruns

/// The administrator's program as a library, so that an embedder can ship it with presets of
/// their own.
///
/// ```swift
/// let control = Control(name: "acmectl", version: "1.0.0", presets: [acme] + PlatformPreset.stock)
/// exit(control.run(Array(CommandLine.arguments.dropFirst()), in: .process()).rawValue)
/// ```
public struct Control: Sendable {
  let program: ProgramDescription

  /// The name of the program, as it is typed.
  public var name: String { program.name }
  /// The version of the program.
  public var version: String { program.version }
  /// The definitions that ship with it, the default first.
  public var presets: [PlatformPreset] { program.presets }

  /// A program of these parts.
  public init(
    name: String = stockName, version: String = Control.version,
    presets: [PlatformPreset] = PlatformPreset.stock
  ) {
    program = ProgramDescription(
      name: name, version: version, presets: presets,
      tree: Self.tree(name: name, version: version, presets: presets))
  }

  /// The version of this library and of the stock program.
  public static let version = "0.1.0"

  /// When this version was made, for the manual.
  static let date = "November 22, 2026"

  /// Runs one command line.
  ///
  /// - Parameters:
  ///   - words: The words of the command line, without the name of the program.
  ///   - context: The world that the run reads from and writes to.
  /// - Returns: How the run ended.
  public func run(_ words: [String], in context: Context) -> ExitCode {
    if let request = CompletionRequest(words) {
      return request.answer(for: program, in: context)
    }
    let environment = context.environment
    func session(_ path: [String], _ arguments: Arguments? = nil) -> Session {
      Session(
        program, context, words: words, path: path,
        arguments: arguments
          ?? program.tree.understanding(of: [], environment: environment).arguments)
    }
    do throws(ParseFailure) {
      switch try program.tree.parse(words, environment: environment) {
      case .version:
        return session(["version"]).reportingErrors { try VersionCommand.run($0) }
      case .help(let path):
        return session(path).reportingErrors { try $0.show(help: .command(path)) }
      case .run(let invocation):
        let session = session(invocation.path, invocation.arguments)
        defer {
          session.endProgress()
          session.closeStores()
        }
        return session.reportingErrors { session in
          try session.check(invocation.action.formats)
          return try invocation.action.run(session)
        }
      }
    } catch {
      return session(error.error.commandPath, error.arguments)
        .reportingErrors { _ in throw ControlError.usage(error.error) }
    }
  }

  private static func tree(
    name: String, version: String, presets: [PlatformPreset]
  ) -> CommandTree<ControlAction> {
    CommandTree(
      name: name, version: version,
      summary: "Administer Everruns platforms, and see what seeding makes of them",
      examples: [
        Example("See what seeding would do to the store, and why", "\(name) seed preview"),
        Example("List what agents can be given", "\(name) capabilities list"),
        Example("Remove a connection provider", "\(name) providers unregister daytona"),
        Example("Export the platform", "\(name) platform export > platform.json"),
      ],
      globalOptions: GlobalOptions.all,
      commands: name == stockName
        ? commands
        : commands.map { command in
          command.mapExamples { example in
            Example(example.summary, example.commandLine.replacing(stockName, with: name))
          }
        },
      topics: HelpTopics.all(presets: presets),
      exitCodes: ExitCode.allCases.map(\.documentation), environment: HelpTopics.environment,
      files: HelpTopics.files)
  }

  /// The stock program's name, with which the commands' examples are written.
  public static let stockName = "everrunsctl"

  private static var commands: [Command<ControlAction>] {
    [
      PlatformCommands.noun, CapabilitiesCommands.noun, DriversCommands.noun,
      ProvidersCommands.noun, HarnessesCommands.noun,
      SeedCommands.noun, OrganizationsCommands.noun, StoreCommands.noun, StatusCommand.command,
      CompletionsCommand.command, HelpCommand.command, VersionCommand.command,
    ]
  }
}
