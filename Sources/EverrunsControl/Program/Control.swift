public import CommandLineTree
public import Everruns
import EverrunsDocuments
public import EverrunsSeeding
public import EverrunsStore
import Files
import Foundation

/// The administrator's program as a library, for embedders who ship it with presets, a seed catalog
/// and commands of their own.
///
/// ```swift
/// let control = Control(
///   name: "acmectl", version: "1.0.0", presets: [acme] + PlatformPreset.stock,
///   commands: [Policy.command])
/// control.main()
/// ```
public struct Control: Sendable {
  let program: ProgramDescription

  /// The name of the program, as typed.
  public var name: String { program.name }
  /// The version of the program.
  public var version: String { program.version }
  /// The presets of the program, the default first.
  public var presets: [PlatformPreset] { program.presets }

  /// Creates a program.
  ///
  /// - Parameters:
  ///   - name: The name of the program, as typed. Help, messages and history show it.
  ///   - version: The version of the program, such as `1.0.0`.
  ///   - presets: The presets of the program. The first one is the default.
  ///   - catalog: The seed catalog of the default organization, unless `--catalog` names a file;
  ///     `nil` for the stock catalog.
  ///   - commands: Commands and groups of commands to add. One with the name of a stock command
  ///     replaces it.
  ///   - stores: The kinds of stores. The first one that supports a location opens it.
  public init(
    name: String = stockName, version: String = Control.version,
    presets: [PlatformPreset] = PlatformPreset.stock, catalog: SeedCatalog? = nil,
    commands: [Command<ControlAction>] = [], stores: [StoreKind] = [.sqlite]
  ) {
    program = ProgramDescription(
      name: name, version: version, presets: presets, ownCatalog: catalog,
      stores: StoreKinds(stores),
      tree: Self.tree(name: name, version: version, presets: presets, commands: commands))
  }

  /// The version of this library and of the stock program.
  public static let version = PackageVersion.current

  /// The name of the stock program, used in the examples of the commands.
  public static let stockName = "everrunsctl"

  /// The date of this version, for the manual.
  static let date = PackageVersion.date

  /// Runs the command line of this process and exits.
  ///
  /// Paths may contain any bytes.
  public func main() -> Never {
    exit((Self.hasSmallStack ? DeepStack.run(runProcess) : runProcess()).rawValue)
  }

  /// Runs the command line of this process.
  @Sendable private func runProcess() -> ExitCode {
    let context = Context.process()
    guard let words = Context.words else {
      // Showing help would look like success to the caller. The runtime reads a file of the system
      // for it, which fails if no more files can be opened.
      try? context.errorOutput.write("error: the command line cannot be read\n")
      return .inputOutput
    }
    return run(words, in: context)
  }

  /// Whether 'ulimit -s' leaves too little stack for a document of 64 levels.
  private static var hasSmallStack: Bool {
    (ResourceLimit.stack.value ?? .max) < 1 << 20
  }

  /// Runs one command line.
  ///
  /// - Parameters:
  ///   - words: The words of the command line, without the name of the program.
  ///   - context: The environment of the run: streams, variables, clock.
  /// - Returns: The exit code.
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
        // If the store changed while it was read, the command runs once more and then fails.
        return run(invocation, in: session(invocation.path, invocation.arguments), isLast: false)
          ?? run(invocation, in: session(invocation.path, invocation.arguments), isLast: true)
          ?? .busy
      }
    } catch {
      let error = withoutPasswords(error, words, environment)
      return session(error.error.commandPath, error.arguments)
        .reportingErrors { throw ControlError.usage(StoreCommands.answered(error.error, $0)) }
    }
  }

  /// Runs a command.
  ///
  /// - Parameters:
  ///   - invocation: The parsed command line.
  ///   - session: The context of the run.
  ///   - isLast: Whether it is an error if the store changed while it was read.
  /// - Returns: The exit code; `nil` if the store changed and that is not an error.
  private func run(
    _ invocation: Invocation<ControlAction>, in session: Session, isLast: Bool
  ) -> ExitCode? {
    defer {
      session.endProgress()
      session.closeStores()
      session.context.interrupts.end()
    }
    var isMixed = false
    let code = session.reportingErrors { session in
      try session.check(invocation.action.formats)
      let result = Result { try invocation.action.run(session) }
      do {
        // An error may also result from reading two states.
        try session.finishReading()
      } catch StoreError.changedWhileRead where !isLast {
        isMixed = true
        return .success
      }
      return try result.get()
    }
    return isMixed ? nil : code
  }

  /// The parse failure without the password of an address.
  private func withoutPasswords(
    _ failure: ParseFailure, _ words: [String], _ environment: @escaping (String) -> String?
  ) -> ParseFailure {
    let masked = words.map { StoreAddress.maskingPassword(in: $0) }
    guard masked != words else { return failure }
    do throws(ParseFailure) {
      _ = try program.tree.parse(masked, environment: environment)
      return failure
    } catch {
      return error
    }
  }
}
