public import CommandLineTree
public import Everruns
public import EverrunsDocuments
public import EverrunsSeeding
public import EverrunsStore

/// A run of an embedder's own command: its input and output.
///
/// Errors that the command does not catch end the run with their message and exit code. The
/// command's own errors are ``CommandFailure`` values; any other type counts as a bug and ends the
/// run with 70.
public struct CommandRun {
  let session: Session

  /// The options and arguments of the command line.
  public var arguments: Arguments { session.arguments }

  /// The environment of the run: streams, variables, clock.
  public var context: Context { session.context }

  /// The seed catalog that ships with the program.
  public var catalog: SeedCatalog { session.program.catalog }

  /// The deployment grade: from `--grade`, else the environment, else production.
  ///
  /// - Throws: An error if an environment variable has an unknown grade.
  public func grade() throws -> Grade { try session.grade() }

  /// The platform definition in use, from the command line, the environment or the store.
  ///
  /// - Throws: An error if there is no such definition, or it cannot be read.
  public func definition() throws -> PlatformDefinition { try session.platform().definition }

  /// Writes the result in the format that the command line asks for.
  ///
  /// - Parameters:
  ///   - text: The result for people, ending with a newline.
  ///   - json: The result for programs, also for YAML.
  /// - Throws: An error if standard output cannot be written.
  public func write(_ text: String, json: JSONValue) throws {
    try session.write(json: json, text: text)
  }

  /// Writes a note to standard error, unless `--quiet` is given.
  ///
  /// - Parameter text: A sentence without a full stop.
  public func note(_ text: String) { session.note(text) }
}

extension ControlAction {
  /// Creates the action of an embedder's own command.
  ///
  /// - Parameters:
  ///   - formats: The supported output formats; `-o` with another one is refused.
  ///   - run: Runs the command and returns its exit code.
  public init(
    formats: [OutputFormat] = [.text, .json, .yaml],
    run: @escaping @Sendable (CommandRun) throws -> ExitCode
  ) {
    self.init(formats: formats) { (session: Session) in try run(CommandRun(session: session)) }
  }
}
