public import CommandLineTree
public import Everruns
public import EverrunsDocuments
public import EverrunsSeeding
public import EverrunsStore

/// A run of an embedder's own command: what it was given, and where its result goes.
///
/// Errors that the command does not catch end the run with their message and exit code. An error of
/// its own is a ``CommandFailure``; any other type counts as a bug and ends the run with 70.
public struct CommandRun {
  let session: Session

  /// The options and arguments of the command line.
  public var arguments: Arguments { session.arguments }

  /// The world that the run reads from and writes to.
  public var context: Context { session.context }

  /// The seed catalog that ships with the program.
  public var catalog: SeedCatalog { session.program.catalog }

  /// The deployment grade: from `--grade`, else the environment, else production.
  ///
  /// - Throws: An error if an environment variable has an unknown grade.
  public func grade() throws -> Grade { try session.grade() }

  /// The platform definition that the command line, the environment or the store chooses.
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
  /// What an embedder's own command does.
  ///
  /// - Parameters:
  ///   - formats: The formats in which it can write its result; `-o` with another one is refused.
  ///   - run: Runs the command and returns how it ended.
  public init(
    formats: [OutputFormat] = [.text, .json, .yaml],
    run: @escaping @Sendable (CommandRun) throws -> ExitCode
  ) {
    self.init(formats: formats) { (session: Session) in try run(CommandRun(session: session)) }
  }
}
