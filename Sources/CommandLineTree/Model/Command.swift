/// A command as a value: something to run, or a group of commands.
///
/// Parser, help, manual page and completions are functions of it. The order of everything in it is
/// the order in which the documentation shows it.
public struct Command<Action: Sendable>: Sendable {
  /// The word that names it.
  package let name: String
  /// Other words that name it as well.
  package let aliases: [String]
  /// What it does, in one line without a full stop.
  package let summary: String
  /// More about it: paragraphs with empty lines between them; lines that begin with a space are kept.
  package let discussion: String
  /// The words that it takes, in order.
  package let arguments: [any CommandArgument]
  /// The options that it takes beside those of the whole program.
  package let options: [any CommandOption]
  /// Sets of options of which at most one can be given.
  package let exclusiveOptions: [[any CommandOption]]
  /// Command lines worth showing.
  package internal(set) var examples: [Example]
  /// The codes with which it may end, all in the program's table.
  package let exitCodes: [Int]
  /// The commands of a group, none for a command that runs.
  ///
  /// They are made when they are asked for: a program that runs one command needs no other.
  package var subcommands: [Command] { makeSubcommands() }
  var makeSubcommands: @Sendable () -> [Command]
  /// What runs, or `nil` for a group.
  package let action: Action?

  /// Defines a command that runs.
  ///
  /// - Parameters:
  ///   - name: The word that names it.
  ///   - aliases: Other words that name it as well.
  ///   - summary: What it does, in one line without a full stop.
  ///   - discussion: More about it, in paragraphs with empty lines between them.
  ///   - arguments: The words that it takes, in order.
  ///   - options: The options that it takes beside those of the whole program.
  ///   - exclusiveOptions: Sets of options of which at most one can be given.
  ///   - examples: Command lines worth showing.
  ///   - exitCodes: The codes with which it may end.
  ///   - action: What runs.
  public init(
    _ name: String, aliases: [String] = [], summary: String, discussion: String = "",
    arguments: [any CommandArgument] = [], options: [any CommandOption] = [],
    exclusiveOptions: [[any CommandOption]] = [], examples: [Example] = [],
    exitCodes: [Int] = [], action: Action
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.discussion = discussion
    self.arguments = arguments
    self.options = options
    self.exclusiveOptions = exclusiveOptions
    self.examples = examples
    self.exitCodes = exitCodes
    self.action = action
    makeSubcommands = { [] }
  }

  /// Defines a group of commands.
  ///
  /// - Parameters:
  ///   - name: The word that names it.
  ///   - aliases: Other words that name it as well.
  ///   - summary: What its commands are about, in one line without a full stop.
  ///   - discussion: More about it, in paragraphs with empty lines between them.
  ///   - examples: Command lines worth showing.
  ///   - subcommands: The commands of the group.
  public init(
    _ name: String, aliases: [String] = [], summary: String, discussion: String = "",
    examples: [Example] = [],
    subcommands: @autoclosure @escaping @Sendable () -> [Command]
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.discussion = discussion
    self.examples = examples
    makeSubcommands = subcommands
    arguments = []
    options = []
    exclusiveOptions = []
    exitCodes = []
    action = nil
  }

  /// Whether a word names the command.
  func isNamed(_ word: String) -> Bool {
    name == word || aliases.contains(word)
  }

  /// The command of the group that a word names.
  func subcommand(named word: String) -> Command? {
    for command in subcommands where command.isNamed(word) { return command }
    return nil
  }
}
