/// A whole program as a value: commands, options and documentation.
///
/// ```swift
/// let tree = CommandTree<Job>(
///   name: "shop", version: "1.0.0", summary: "Keep a shop", globalOptions: [verbose],
///   commands: [
///     Command("fruits", aliases: ["fruit"], summary: "Work with fruits", subcommands: [
///       Command("list", summary: "List the fruits", options: [color], action: .listFruits)
///     ])
///   ])
/// switch try tree.parse(words) {
/// case .run(let invocation): run(invocation.action, invocation.arguments)
/// case .help(let path): print(tree.help(for: path))
/// case .version: print(tree.versionLine)
/// }
/// ```
package struct CommandTree<Action: Sendable>: Sendable {
  /// The name of the program, as typed.
  package let name: String
  /// The version of the program, such as `1.2.3`.
  package let version: String
  /// The purpose of the program, in one line without a full stop.
  package let summary: String
  /// The discussion: paragraphs separated by empty lines; lines that begin with a space are
  /// preserved.
  package let discussion: String
  /// The first examples of the help.
  package let examples: [Example]
  /// The options of every command; ``Option/help`` and ``Option/version`` are the last two.
  package let globalOptions: [any CommandOption]
  /// The commands and groups of commands.
  package let commands: [Command<Action>]
  /// The commands by section, for the help; other commands follow under a separate heading.
  package let sections: [CommandSection]
  /// Verbs that are common in other tools, with the verbs that a group may have instead, most
  /// likely first.
  package var usualVerbs: [(verb: String, instead: [String])] { makeUsualVerbs() }
  /// Help pages that are not about a command.
  package var topics: [HelpTopic] { makeTopics() }
  /// The codes with which the program ends.
  package var exitCodes: [ExitCodeDescription] { makeExitCodes() }
  /// The environment variables that it reads.
  package var environment: [HelpTerm] { makeEnvironment() }
  /// The default files of the program.
  package var files: [HelpTerm] { makeFiles() }
  /// The location of further documentation, such as a URL.
  package let documentationAddress: String?
  /// The values of a global option that an action accepts; `nil` if it accepts all.
  let acceptedValues: @Sendable (Action, _ option: OptionSpecification) -> [String]?

  // Parts that only help, manual and errors need are created on demand.
  private let makeUsualVerbs: @Sendable () -> [(verb: String, instead: [String])]
  private let makeTopics: @Sendable () -> [HelpTopic]
  private let makeExitCodes: @Sendable () -> [ExitCodeDescription]
  private let makeEnvironment: @Sendable () -> [HelpTerm]
  private let makeFiles: @Sendable () -> [HelpTerm]

  /// Defines a program.
  ///
  /// Nothing is checked here; `problems()` in `CommandLineTreeTesting` checks a definition in
  /// tests.
  ///
  ///   - name: The name of the program, as typed.
  ///   - version: The version of the program.
  ///   - summary: The purpose of the program, in one line without a full stop.
  ///   - discussion: Paragraphs separated by empty lines.
  ///   - examples: The first examples of the help.
  ///   - globalOptions: The options of every command, besides those for help and version.
  ///   - commands: The commands and groups of commands.
  ///   - sections: The commands by section; empty for a single list.
  ///   - usualVerbs: Verbs that are common in other tools, with the verbs that a group may have
  ///     instead, most likely first.
  ///   - topics: Help pages that are not about a command.
  ///   - exitCodes: The codes with which the program ends.
  ///   - environment: The environment variables that are not declared with an option.
  ///   - files: The default files of the program.
  ///   - documentationAddress: The location of further documentation.
  ///   - acceptedValues: The values of a global option that an action accepts; `nil` if it accepts
  ///     all. Completion offers no others.
  package init(
    name: String, version: String, summary: String, discussion: String = "",
    examples: [Example] = [], globalOptions: [any CommandOption] = [],
    commands: [Command<Action>], sections: [CommandSection] = [],
    usualVerbs: @autoclosure @escaping @Sendable () -> [(verb: String, instead: [String])] = [],
    topics: @autoclosure @escaping @Sendable () -> [HelpTopic] = [],
    exitCodes: @autoclosure @escaping @Sendable () -> [ExitCodeDescription] = [],
    environment: @autoclosure @escaping @Sendable () -> [HelpTerm] = [],
    files: @autoclosure @escaping @Sendable () -> [HelpTerm] = [],
    documentationAddress: String? = nil,
    acceptedValues:
      @escaping @Sendable (Action, _ option: OptionSpecification) -> [String]? = { _, _ in nil }
  ) {
    self.acceptedValues = acceptedValues
    self.name = name
    self.version = version
    self.summary = summary
    self.discussion = discussion
    self.examples = examples
    self.globalOptions = globalOptions + [Option.help, Option.version]
    self.commands = commands
    self.sections = sections
    makeUsualVerbs = usualVerbs
    makeTopics = topics
    makeExitCodes = exitCodes
    makeEnvironment = environment
    makeFiles = files
    self.documentationAddress = documentationAddress
  }

  /// The name and version of the program, `name 1.2.3`.
  package var versionLine: String { "\(name) \(version)" }
}
