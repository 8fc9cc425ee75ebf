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
  /// The name of the program.
  public let name: String
  /// The version of the program.
  public let version: String
  /// The definitions that ship with it.
  ///
  /// The first is used where nothing else is chosen.
  public let presets: [PlatformPreset]
  /// The command line of the program, from which its parser, help, completions and manual are
  /// made.
  let tree: CommandTree<ControlAction>

  /// A program of these parts.
  public init(
    name: String = stockName, version: String = Control.version,
    presets: [PlatformPreset] = PlatformPreset.stock
  ) {
    self.name = name
    self.version = version
    self.presets = presets
    tree = Self.tree(name: name, version: version, presets: presets)
  }

  /// The version of this library and of the stock program.
  public static let version = "0.1.0"

  /// When this version was made, for the manual.
  static let date = "November 22, 2026"

  /// Runs one command line, without the name of the program.
  public func run(_ words: [String], in context: Context) -> ExitCode {
    let tree = self.tree
    if let request = CompletionRequest(words) {
      return request.answer(for: self, tree: tree, in: context)
    }
    let session: Session
    do throws(ParseFailure) {
      switch try tree.parse(words) {
      case .version:
        session = Session(self, context, words: words, path: ["version"])
        return session.reportingErrors { try VersionCommand.run($0) }
      case .help(let path):
        session = Session(self, context, words: words, path: path)
        return session.reportingErrors { try $0.show(help: .command(path)) }
      case .run(let invocation):
        session = Session(
          self, context, words: words, path: invocation.path, arguments: invocation.arguments)
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
      return Session(
        self, context, words: words, path: error.error.commandPath, arguments: error.arguments
      ).reportingErrors { _ in throw ControlError.usage(error.error) }
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
      PlatformCommands.noun, CapabilitiesCommands.noun, ComponentCommands<DriverFamily>.noun,
      ComponentCommands<ConnectionProviderFamily>.noun, HarnessesCommands.noun,
      SeedCommands.noun, OrganizationsCommands.noun, StoreCommands.noun, StatusCommand.command,
      CompletionsCommand.command, HelpCommand.command, VersionCommand.command,
    ]
  }
}

/// What a command of the tree does.
struct ControlAction: Sendable {
  /// The forms in which it can write its result.
  let formats: [OutputFormat]
  /// Runs it.
  let run: @Sendable (Session) throws -> ExitCode
}

extension Command where Action == ControlAction {
  /// A command that writes a result.
  init(
    _ name: String, aliases: [String] = [], summary: String, discussion: String = "",
    operands: [any CommandOperand] = [], options: [any CommandOption] = [],
    exclusiveOptions: [[any CommandOption]] = [], examples: [Example] = [],
    exitCodes: [ExitCode] = [], formats: [OutputFormat] = [.text, .json, .yaml],
    run: @escaping @Sendable (Session) throws -> ExitCode
  ) {
    self.init(
      name, aliases: aliases, summary: summary, discussion: discussion, operands: operands,
      options: options, exclusiveOptions: exclusiveOptions, examples: examples,
      exitCodes: ExitCode.allCases.filter { ([.success, .usage] + exitCodes).contains($0) }
        .map { Int($0.rawValue) },
      action: ControlAction(formats: formats, run: run))
  }
}
