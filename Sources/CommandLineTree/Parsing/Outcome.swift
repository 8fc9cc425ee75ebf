/// What a command line asks for.
public enum Outcome<Action: Sendable>: Sendable {
  /// To run a command.
  case run(Invocation<Action>)
  /// To show the help of the command that the names lead to; none is the program itself.
  case help([String])
  /// To show the version.
  case version
}

extension Outcome: Equatable where Action: Equatable {}

/// A command to be run, with its arguments.
public struct Invocation<Action: Sendable>: Sendable {
  /// The names that lead to the command, without the name of the program.
  public let path: [String]
  /// What runs.
  public let action: Action
  /// The options and arguments, all of them checked.
  public let arguments: Arguments

  /// Puts a command and its arguments together.
  public init(path: [String], action: Action, arguments: Arguments) {
    self.path = path
    self.action = action
    self.arguments = arguments
  }
}

extension Invocation: Equatable where Action: Equatable {}

/// A command line that cannot be run, with what could be understood of it.
public struct ParseFailure: Error, Sendable, Equatable {
  /// The first thing that is wrong.
  public let error: UsageError
  /// The options and arguments that were understood, also behind the error, so that the failure can
  /// be reported in the form and the colours asked for.
  public let arguments: Arguments

  /// Puts an error and what was understood together.
  public init(error: UsageError, arguments: Arguments) {
    self.error = error
    self.arguments = arguments
  }
}
