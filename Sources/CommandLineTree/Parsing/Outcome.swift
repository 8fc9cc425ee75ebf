/// What a command line asks for.
package enum Outcome<Action: Sendable>: Sendable {
  /// To run a command.
  case run(Invocation<Action>)
  /// To show the help of the command that the names lead to; none is the program itself.
  case help([String])
  /// To show the version.
  case version
}

extension Outcome: Equatable where Action: Equatable {}

/// A command to be run, with its arguments.
package struct Invocation<Action: Sendable>: Sendable {
  /// The names that lead to the command, without the name of the program.
  package let path: [String]
  /// What runs.
  package let action: Action
  /// The options and arguments, all of them checked.
  package let arguments: Arguments

  /// Puts a command and its arguments together.
  package init(path: [String], action: Action, arguments: Arguments) {
    self.path = path
    self.action = action
    self.arguments = arguments
  }
}

extension Invocation: Equatable where Action: Equatable {}

/// A command line that cannot be run, with what could be understood of it.
package struct ParseFailure: Error, Sendable, Equatable {
  /// The first thing that is wrong.
  package let error: UsageError
  /// The options and arguments that were understood, also behind the error, so that the failure can
  /// be reported in the form and the colours asked for.
  package let arguments: Arguments

  /// Puts an error and what was understood together.
  package init(error: UsageError, arguments: Arguments) {
    self.error = error
    self.arguments = arguments
  }
}
