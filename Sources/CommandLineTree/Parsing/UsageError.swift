/// A command line is invalid.
///
/// Programs match the problem; ``message`` and ``hint`` are for people.
package struct UsageError: Error, Sendable, Equatable {
  /// The problem.
  package let problem: Problem
  /// The path of the deepest command understood, without the name of the program.
  package let commandPath: [String]

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - commandPath: The path of the command; empty for the program itself.
  package init(_ problem: Problem, commandPath: [String]) {
    self.problem = problem
    self.commandPath = commandPath
  }

  /// The kinds of usage errors.
  ///
  /// Options appear as typed.
  package enum Problem: Error, Equatable {
    /// The word is not a command of the group; the suggestions are command lines to use instead.
    case unknownCommand(String, suggestions: [String])
    /// The word is a verb of other groups or other tools, but the group has none like it; these are
    /// its commands.
    case misplacedVerb(String, commands: [String])
    /// There is no page of help for the word.
    case unknownTopic(String, suggestion: String?)
    /// The command does not have the option.
    ///
    /// - Parameters:
    ///   - typed: The option as typed.
    ///   - suggestion: The closest option of this command.
    ///   - elsewhere: The commands that have this option, as `noun verb`.
    case unknownOption(typed: String, suggestion: String?, elsewhere: [String])
    /// The option is the last word, or an option follows it.
    case missingValue(option: String, kind: ValueKind)
    /// The flag has a value with `=`.
    case unexpectedValue(flag: String, value: String)
    /// The text is not a valid value of the option, argument or variable.
    case invalidValue(Subject, text: String, ValueError)
    /// Several texts of an option or argument are not among its choices.
    case invalidChoices(Subject, texts: [String], choices: [String])
    /// The argument is missing.
    case missingArgument(String)
    /// The command takes no further argument.
    case unexpectedArgument(String)
    /// A required option is missing.
    case missingOption(String)
    /// At most one of the two options can be given.
    case conflictingOptions(String, String)
    /// The option has no effect without another one, which is not given.
    case ineffectiveOption(String, without: String)
    /// An option that takes one value has two.
    case repeatedOption(String, first: String, second: String)
    /// A problem that only the command itself can detect, in its own words.
    case other(message: String, hint: String?)
  }

  /// What the text is the value of.
  package enum Subject: Sendable, Equatable {
    /// An option, as typed.
    case option(String)
    /// An argument, by its name.
    case argument(String)
    /// An environment variable, by its name.
    case variable(String)
  }
}
