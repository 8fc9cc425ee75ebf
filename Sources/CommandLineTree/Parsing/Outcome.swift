/// The request of a command line.
package enum Outcome<Action: Sendable>: Sendable {
  /// Run a command.
  case run(Invocation<Action>)
  /// Show the help of a command, by path; empty for the program itself.
  case help([String])
  /// Show the version.
  case version
}

extension Outcome: Equatable where Action: Equatable {}

/// A command to run, with its arguments.
package struct Invocation<Action: Sendable>: Sendable {
  /// The path of the command, without the name of the program.
  package let path: [String]
  /// The action of the command.
  package let action: Action
  /// The validated options and arguments.
  package let arguments: Arguments

  /// Creates an invocation.
  package init(path: [String], action: Action, arguments: Arguments) {
    self.path = path
    self.action = action
    self.arguments = arguments
  }
}

extension Invocation: Equatable where Action: Equatable {}

/// A command line that cannot be run, with everything that was understood.
package struct ParseFailure: Error, Sendable, Equatable {
  /// The first error.
  package let error: UsageError
  /// The options and arguments that were understood, including those after the error, so that the
  /// failure can be reported in the requested format and colors.
  package let arguments: Arguments

  /// Creates a failure.
  package init(error: UsageError, arguments: Arguments) {
    self.error = error
    self.arguments = arguments
  }
}
