/// A command as a value: something to run, or a group of commands.
///
/// Parser, help, manual page and completions derive from it. Documentation shows everything in the
/// order of the definition.
public struct Command<Action: Sendable>: Sendable {
  /// The word that names it.
  package let name: String
  /// Other names of the command.
  package let aliases: [String]
  /// A summary in one line, without a full stop.
  package let summary: String
  /// The discussion: paragraphs separated by empty lines; lines that begin with a space are
  /// preserved.
  package let discussion: String
  /// The arguments, in order.
  package let arguments: [any CommandArgument]
  /// The options, besides the global ones.
  package let options: [any CommandOption]
  /// Sets of options of which at most one can be given.
  package let exclusiveOptions: [[any CommandOption]]
  /// The options that have an effect only together with another one, each with that one.
  package let dependentOptions: [(option: any CommandOption, needs: any CommandOption)]
  /// Command lines worth showing.
  package internal(set) var examples: [Example]
  /// The environment variables that it reads, besides those of its options.
  package let environment: [HelpTerm]
  /// The possible exit codes, all in the program's table.
  package let exitCodes: [Int]
  /// The subcommands of a group; empty for a command that runs.
  ///
  /// They are created on demand: a program that runs one command needs no other.
  package var subcommands: [Command] { makeSubcommands() }
  var makeSubcommands: @Sendable () -> [Command]
  /// The action, or `nil` for a group.
  package let action: Action?

  /// Defines a command that runs.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - aliases: Other names.
  ///   - summary: A summary in one line, without a full stop.
  ///   - discussion: Paragraphs separated by empty lines.
  ///   - arguments: The arguments, in order.
  ///   - options: The options, besides the global ones.
  ///   - exclusiveOptions: Sets of options of which at most one can be given.
  ///   - dependentOptions: The options that have an effect only together with another one, each
  ///     with that one.
  ///   - examples: Command lines worth showing.
  ///   - exitCodes: The possible exit codes.
  ///   - action: The action.
  public init(
    _ name: String, aliases: [String] = [], summary: String, discussion: String = "",
    arguments: [any CommandArgument] = [], options: [any CommandOption] = [],
    exclusiveOptions: [[any CommandOption]] = [],
    dependentOptions: [(option: any CommandOption, needs: any CommandOption)] = [],
    examples: [Example] = [], exitCodes: [Int] = [], action: Action
  ) {
    self.init(
      name, aliases: aliases, summary: summary, discussion: discussion, arguments: arguments,
      options: options, exclusiveOptions: exclusiveOptions, dependentOptions: dependentOptions,
      examples: examples, environment: [], exitCodes: exitCodes, action: action)
  }

  /// Defines a command that runs and reads variables of the environment, besides those of its
  /// options.
  package init(
    _ name: String, aliases: [String] = [], summary: String, discussion: String = "",
    arguments: [any CommandArgument] = [], options: [any CommandOption] = [],
    exclusiveOptions: [[any CommandOption]] = [],
    dependentOptions: [(option: any CommandOption, needs: any CommandOption)] = [],
    examples: [Example] = [], environment: [HelpTerm], exitCodes: [Int] = [], action: Action
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.discussion = discussion
    self.arguments = arguments
    self.options = options
    self.exclusiveOptions = exclusiveOptions
    self.dependentOptions = dependentOptions
    self.examples = examples
    self.environment = environment
    self.exitCodes = exitCodes
    self.action = action
    makeSubcommands = { [] }
  }

  /// Defines a group of commands.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - aliases: Other names.
  ///   - summary: A summary in one line, without a full stop.
  ///   - discussion: Paragraphs separated by empty lines.
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
    dependentOptions = []
    environment = []
    exitCodes = []
    action = nil
  }

  /// The option without which another one has no effect; `nil` if it needs none.
  func optionNeeded(by option: OptionSpecification) -> OptionSpecification? {
    dependentOptions.first { $0.option.specification.name == option.name }?.needs.specification
  }

  /// Whether a word is a name of the command.
  func isNamed(_ word: String) -> Bool {
    name == word || aliases.contains(word)
  }

  /// The command of the group with a name.
  func subcommand(named word: String) -> Command? {
    for command in subcommands where command.isNamed(word) { return command }
    return nil
  }
}
