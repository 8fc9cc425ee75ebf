/// A whole program as a value: its commands, its options, and what there is to say about them.
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
  /// The name of the program, as it is typed.
  package let name: String
  /// The version of the program, such as `1.2.3`.
  package let version: String
  /// What the program is for, in one line without a full stop.
  package let summary: String
  /// More about it: paragraphs with empty lines between them; lines that begin with a space are kept.
  package let discussion: String
  /// Command lines worth showing first.
  package let examples: [Example]
  /// The options that every command takes; ``Option/help`` and ``Option/version`` are the last two.
  package let globalOptions: [any CommandOption]
  /// The commands and groups of commands.
  package let commands: [Command<Action>]
  /// The commands by what they have in common, for the help; others follow under a heading of their
  /// own.
  package let sections: [CommandSection]
  /// For a verb that is usual elsewhere, the verbs that a group may have instead, the most likely
  /// first.
  package let usualVerbs: [String: [String]]
  /// Pages of help on other things.
  package var topics: [HelpTopic] { makeTopics() }
  /// The codes with which the program ends.
  package var exitCodes: [ExitCodeDescription] { makeExitCodes() }
  /// The environment variables that it reads.
  package var environment: [HelpTerm] { makeEnvironment() }
  /// The files that it uses where it is not told otherwise.
  package var files: [HelpTerm] { makeFiles() }
  /// Where there is more to read, such as an address on the web.
  package let documentationAddress: String?

  // What only help and manual tell is made when they ask for it.
  private let makeTopics: @Sendable () -> [HelpTopic]
  private let makeExitCodes: @Sendable () -> [ExitCodeDescription]
  private let makeEnvironment: @Sendable () -> [HelpTerm]
  private let makeFiles: @Sendable () -> [HelpTerm]

  /// Defines a program.
  ///
  /// Nothing is checked here; `problems()` in `CommandLineTreeTesting` checks a definition in
  /// tests.
  ///
  /// - Parameters:
  ///   - name: The name of the program, as it is typed.
  ///   - version: The version of the program.
  ///   - summary: What the program is for, in one line without a full stop.
  ///   - discussion: More about it, in paragraphs with empty lines between them.
  ///   - examples: Command lines worth showing first.
  ///   - globalOptions: The options that every command takes, beside those for help and version.
  ///   - commands: The commands and groups of commands.
  ///   - sections: The commands by what they have in common; none for a single list.
  ///   - usualVerbs: For a verb that is usual elsewhere, the verbs that a group may have instead.
  ///   - topics: Pages of help on other things.
  ///   - exitCodes: The codes with which the program ends.
  ///   - environment: The environment variables that it reads.
  ///   - files: The files that it uses where it is not told otherwise.
  ///   - documentationAddress: Where there is more to read.
  package init(
    name: String, version: String, summary: String, discussion: String = "",
    examples: [Example] = [], globalOptions: [any CommandOption] = [],
    commands: [Command<Action>], sections: [CommandSection] = [],
    usualVerbs: [String: [String]] = [:],
    topics: @autoclosure @escaping @Sendable () -> [HelpTopic] = [],
    exitCodes: @autoclosure @escaping @Sendable () -> [ExitCodeDescription] = [],
    environment: @autoclosure @escaping @Sendable () -> [HelpTerm] = [],
    files: @autoclosure @escaping @Sendable () -> [HelpTerm] = [],
    documentationAddress: String? = nil
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.discussion = discussion
    self.examples = examples
    self.globalOptions = globalOptions + [Option.help, Option.version]
    self.commands = commands
    self.sections = sections
    self.usualVerbs = usualVerbs
    makeTopics = topics
    makeExitCodes = exitCodes
    makeEnvironment = environment
    makeFiles = files
    self.documentationAddress = documentationAddress
  }

  /// The name and version of the program, `name 1.2.3`.
  package var versionLine: String { "\(name) \(version)" }
}
