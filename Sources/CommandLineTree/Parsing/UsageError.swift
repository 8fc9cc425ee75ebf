/// Why a command line cannot be run.
///
/// Programs match the problem; for people there are ``message`` and ``hint``.
package struct UsageError: Error, Sendable, Equatable {
  /// What is wrong.
  package let problem: Problem
  /// The names that lead to the deepest command understood, without the name of the program.
  package let commandPath: [String]

  /// Describes what is wrong, and with which command.
  ///
  /// - Parameters:
  ///   - problem: What is wrong.
  ///   - commandPath: The names that lead to the command; none is the program itself.
  package init(_ problem: Problem, commandPath: [String]) {
    self.problem = problem
    self.commandPath = commandPath
  }

  /// The ways in which a command line can be wrong.
  ///
  /// Options are named as the user typed them.
  package enum Problem: Error, Equatable {
    /// The word is no command of the group; the suggestions are command lines in its place.
    case unknownCommand(String, suggestions: [String])
    /// There is no page of help for the word.
    case unknownTopic(String, suggestion: String?)
    /// The option is none of the command's.
    ///
    /// - Parameters:
    ///   - typed: The option as it was typed.
    ///   - suggestion: The option of this command that was probably meant.
    ///   - elsewhere: The commands that do have this option, as `noun verb`.
    case unknownOption(typed: String, suggestion: String?, elsewhere: [String])
    /// The option is the last word, or an option follows it.
    case missingValue(option: String, kind: ValueKind)
    /// The flag was given a value with `=`.
    case unexpectedValue(flag: String, value: String)
    /// The text is no value of the option, argument or variable.
    case invalidValue(Subject, text: String, ValueError)
    /// The argument is missing.
    case missingArgument(String)
    /// The command takes no further argument.
    case unexpectedArgument(String)
    /// The command cannot do without this option.
    case missingOption(String)
    /// At most one of the two options can be given.
    case conflictingOptions(String, String)
    /// Something that only the command itself can see, in its own words.
    case other(message: String, hint: String?)
  }

  /// What a text was given for.
  package enum Subject: Sendable, Equatable {
    /// An option, as it was typed.
    case option(String)
    /// An argument, by its name.
    case argument(String)
    /// An environment variable, by its name.
    case variable(String)
  }
}
