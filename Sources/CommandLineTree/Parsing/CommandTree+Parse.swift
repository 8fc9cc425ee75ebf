extension CommandTree {
  /// Reads a command line.
  ///
  /// Options stand anywhere, also in front of the command's name: `--name value`, `--name=value`,
  /// `-n value`, `-nvalue`; switches can be grouped, `-qv`. `--` ends the options, `-` is an
  /// argument. Neither commands nor options can be abbreviated. What is absent comes from the
  /// environment variables of the options, else from their defaults.
  ///
  /// - `--version` anywhere asks for the version, whatever else is there.
  /// - `--help` anywhere asks for the help of the deepest command named; only a word that is no
  ///   command is still an error, as there is no help for it.
  /// - A group without one of its commands asks for the help of the group.
  ///
  /// - Parameters:
  ///   - words: The words after the name of the program.
  ///   - environment: Looks up an environment variable.
  /// - Returns: What the command line asks for.
  /// - Throws: The first problem from left to right, then what is missing or contradicts itself,
  ///   with everything that was understood.
  package func parse(
    _ words: [String], environment: @escaping (String) -> String? = { _ in nil }
  ) throws(ParseFailure) -> Outcome<Action> {
    try Interpreter(tree: self, tokens: tokens(of: words), environment: environment).outcome()
  }

  /// As much of a command line as can be understood, however wrong or unfinished it is.
  ///
  /// - Parameters:
  ///   - words: The words after the name of the program.
  ///   - environment: Looks up an environment variable.
  /// - Returns: The names of the deepest command named, and those options and arguments that have
  ///   values.
  package func understanding(
    of words: [String], environment: @escaping (String) -> String? = { _ in nil }
  ) -> (path: [String], arguments: Arguments) {
    Interpreter(tree: self, tokens: tokens(of: words), environment: environment).understanding
  }

  /// Splits a command line, by the options of the commands that its words may name, where those are
  /// enough; else by all options of the tree.
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

  /// Finds what a user wants help on.
  ///
  /// - Parameter words: The names of a command, or that of a topic. None means the whole program.
  /// - Throws: A problem with the first word that names nothing.
  package func helpSubject(for words: [String]) throws(UsageError) -> HelpSubject {
    if words.count == 1, command(at: words) == nil, let topic = topic(named: words[0]) {
      return .topic(topic)
    }
    let place = CommandLocation(following: words, in: root)
    guard let unknown = place.unknown else { return .command(place.path) }
    guard place.path.isEmpty else {
      throw UsageError(
        .unknownCommand(unknown, suggestions: suggestions(for: unknown, at: place)),
        commandPath: place.path)
    }
    let names = commands.map(\.name) + topics.map(\.name)
    let suggestion = closestName(to: unknown, names: names, aliases: commands.flatMap(\.aliases))
    throw UsageError(.unknownTopic(unknown, suggestion: suggestion), commandPath: [])
  }
}

/// Something to show help on.
package enum HelpSubject: Sendable, Equatable {
  /// The command that the names lead to; none is the program itself.
  case command([String])
  /// Something other than a command.
  case topic(HelpTopic)
}
