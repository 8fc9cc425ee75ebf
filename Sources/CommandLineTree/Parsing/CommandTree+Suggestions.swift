import Messages

extension CommandTree {
  /// The error about an unknown command of a group.
  func unknownCommand(_ word: String, at place: CommandLocation<Action>) -> UsageError {
    let isVerb = usualVerbs.contains { $0.verb == word } || lines(ofVerb: word) != nil
    // A verb before a noun that has none like it is answered as if it followed the noun.
    if isVerb, place.path.isEmpty, let noun = noun(place.next), line(ofVerb: word, of: noun) == nil
    {
      return unknownCommand(word, at: CommandLocation(following: [noun.name, word], in: root))
    }
    let suggestions = suggestions(for: word, at: place)
    let problem: UsageError.Problem =
      isVerb && suggestions.isEmpty && !place.path.isEmpty
      ? .misplacedVerb(word, commands: place.command.subcommands.map(\.name))
      : .unknownCommand(word, suggestions: suggestions)
    return UsageError(problem, commandPath: place.path)
  }

  /// The command lines that an unknown command of a group may stand for.
  private func suggestions(for word: String, at place: CommandLocation<Action>) -> [String] {
    let siblings = place.command.subcommands
    let verbs = usualVerbs.first { $0.verb == word }?.instead ?? []
    let isAtTop = place.path.isEmpty
    let named = noun(place.next).flatMap { line(ofVerb: word, of: $0) }.map { [$0] }
    // The word may be valid in another place: a verb without its noun, or before it.
    if isAtTop, let lines = named ?? lines(ofVerb: word) { return lines }
    if let verb = verbs.first(where: { verb in siblings.contains { $0.hasName(in: verb) } }) {
      return [verb]
    }
    let closest = closestName(
      to: word, names: siblings.map(\.name), aliases: siblings.flatMap(\.aliases))
    if let closest { return [closest] }
    guard !isAtTop else { return verbs.lazy.compactMap(lines).first ?? [] }
    let usual = verbs.filter { line in
      line.contains(" ") && commands.contains { $0.hasName(in: line) }
    }
    if !usual.isEmpty { return usual }
    if let named { return named }
    // Many nouns have a verb such as `list` or one like it, such as `remove` for `rm`: their list is
    // no help.
    let similar = Set(([word] + verbs).flatMap { lines(ofVerb: $0) ?? [] })
    return similar.count <= Self.fewLines ? lines(ofVerb: word) ?? [] : []
  }

  /// How many command lines of other nouns a verb and those like it may stand for to be suggested.
  private static var fewLines: Int { 4 }

  /// The noun that a word names; `nil` if it names none.
  private func noun(_ word: String?) -> Command<Action>? {
    word.flatMap { word in commands.first { !$0.subcommands.isEmpty && $0.isNamed(word) } }
  }

  /// The command line of a noun with a verb, or with the first that it has instead; `nil` if it has
  /// none.
  private func line(ofVerb word: String, of noun: Command<Action>) -> String? {
    let verbs = [word] + (usualVerbs.first { $0.verb == word }?.instead ?? [])
    return verbs.first { verb in noun.subcommands.contains { $0.hasName(in: verb) } }
      .map { "\(noun.name) \($0)" }
  }

  /// The command lines of the nouns that have a verb; `nil` if there are none.
  private func lines(ofVerb verb: String) -> [String]? {
    let lines = commands.filter { noun in
      noun.subcommands.contains { $0.hasName(in: verb) }
    }.map { "\($0.name) \(verb)" }
    return lines.isEmpty ? nil : lines
  }

  /// The closest name or alias.
  ///
  /// A prefix only counts if it is unique. An alias often begins like its name, so names are tried
  /// again without aliases.
  func closestName(to word: String, names: [String], aliases: [String]) -> String? {
    Spelling.closest(to: word, among: names + aliases) ?? Spelling.closest(to: word, among: names)
  }

  /// The problem with an option that the command does not have.
  ///
  /// - Parameters:
  ///   - typed: The option as typed.
  ///   - word: The word that contains it.
  ///   - options: The valid options.
  /// - Returns: The problem, with the closest valid name if there is one.
  func unknownOption(
    typed: String, word: String, options: [OptionSpecification]
  ) -> UsageError.Problem {
    let names = options.map(\.name)
    if let name = Spelling.closest(to: Self.withoutHyphens(word), among: names) {
      // For `-verbose` the user meant the whole word, not its first unknown letter.
      return .unknownOption(typed: word, suggestion: "--\(name)", elsewhere: [])
    }
    return .unknownOption(typed: typed, suggestion: nil, elsewhere: [])
  }

  /// The problem with an option that only other commands have.
  func optionOfOthers(_ name: String, typed: String) -> UsageError.Problem {
    let owners = allCommands.filter { place in
      place.command.options.contains { $0.specification.name == name }
    }
    return .unknownOption(
      typed: typed, suggestion: nil, elsewhere: owners.map { $0.path.joined(separator: " ") })
  }

  private static func withoutHyphens(_ word: String) -> String {
    String(word.unicodeScalars.drop { $0 == "-" })
  }
}

extension Command {
  /// Whether a line of a verb and its arguments begins with a name of the command.
  fileprivate func hasName(in line: String) -> Bool {
    isNamed(String(line.prefix { $0 != " " }))
  }
}
