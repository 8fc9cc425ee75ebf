extension CommandTree {
  /// Parses a command line.
  ///
  /// Options may be anywhere, even before the command: `--name value`, `--name=value`, `-n value`,
  /// `-nvalue`; flags can be grouped, `-qv`. `--` ends the options, and `-` is an argument.
  /// Commands and options cannot be abbreviated. Absent values come from the environment variables
  /// of the options, else from their defaults.
  ///
  /// - `--version` anywhere requests the version, whatever else is given.
  /// - `--help` anywhere requests the help of the deepest command named; only an unknown command is
  ///   still an error, because there is no help for it.
  /// - A group without a command requests the help of the group.
  ///
  /// - Parameters:
  ///   - words: The words after the name of the program.
  ///   - environment: Looks up an environment variable.
  /// - Returns: The request of the command line.
  /// - Throws: The first problem from left to right, else what is missing or contradictory, with
  ///   everything that was understood.
  package func parse(
    _ words: [String], environment: @escaping (String) -> String? = { _ in nil }
  ) throws(ParseFailure) -> Outcome<Action> {
    try Interpreter(tree: self, tokens: tokens(of: words), environment: environment).outcome()
  }

  /// As much of a command line as can be understood, even if it is invalid or incomplete.
  ///
  /// - Parameters:
  ///   - words: The words after the name of the program.
  ///   - environment: Looks up an environment variable.
  /// - Returns: The path of the deepest command named, and the options and arguments with values.
  package func understanding(
    of words: [String], environment: @escaping (String) -> String? = { _ in nil }
  ) -> (path: [String], arguments: Arguments) {
    Interpreter(tree: self, tokens: tokens(of: words), environment: environment).understanding
  }

  /// The words of a list of the program that a command line already has, as arguments or as values
  /// of the command's own options.
  ///
  /// - Parameters:
  ///   - list: The name of the list.
  ///   - arguments: What is understood of the command line.
  ///   - path: The path of its command.
  /// - Returns: The words; empty if the command does not use the list.
  package func words(
    of list: String, in arguments: Arguments, at path: [String]
  ) -> [String] {
    guard let command = command(at: path) else { return [] }
    let positional = command.arguments.map(\.specification)
      .filter { $0.value.kind.list == list }
      .flatMap { arguments.texts(of: $0) }
    let options = command.options.map(\.specification)
      .filter { $0.value?.kind.list == list }
      .flatMap { arguments.texts(of: $0) }
    return positional + options
  }

  /// Splits a command line by the options of the commands that it may name if these suffice, else
  /// by all options of the tree.
  private func tokens(of words: [String]) -> [Token] {
    var near: [Command<Action>] = []
    for command in commands where words.contains(where: command.isNamed) {
      near.append(command)
      for subcommand in command.subcommands where words.contains(where: subcommand.isNamed) {
        near.append(subcommand)
      }
    }
    let tokenizer = tokenizer(for: near)
    return
      (words.allSatisfy(tokenizer.understands)
      ? tokenizer : self.tokenizer(for: allCommands.map(\.command)))
      .tokens(of: words)
  }

  private func tokenizer(for commands: [Command<Action>]) -> Tokenizer {
    var options = globalOptions
    for command in commands { options += command.options }
    return Tokenizer(options: options.map { $0.specification })
  }

  /// Finds the subject of a request for help.
  ///
  /// - Parameter words: The names of a command, or of a topic; empty for the whole program.
  /// - Returns: The topic, or the command with its full names in place of aliases.
  /// - Throws: ``UsageError`` for the first word that names neither a command nor a topic, with
  ///   suggestions.
  package func helpSubject(for words: [String]) throws(UsageError) -> HelpSubject {
    if let name = words.first, command(at: [name]) == nil, let topic = topic(named: name) {
      guard words.count == 1 else {
        throw UsageError(.unexpectedArgument(words[1]), commandPath: [])
      }
      return .topic(topic)
    }
    let place = CommandLocation(following: words, in: root)
    guard let unknown = place.unknown else { return .command(place.path) }
    guard place.path.isEmpty else {
      throw unknownCommand(unknown, at: place)
    }
    let names = commands.map(\.name) + topics.map(\.name)
    let suggestion = closestName(to: unknown, names: names, aliases: commands.flatMap(\.aliases))
    throw UsageError(.unknownTopic(unknown, suggestion: suggestion), commandPath: [])
  }
}

/// The subject of a help page.
package enum HelpSubject: Sendable, Equatable {
  /// A command, by path; empty for the program itself.
  case command([String])
  /// A topic.
  case topic(HelpTopic)
}
