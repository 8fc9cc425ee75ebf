import Messages

extension CommandTree {
  /// The command lines that an unknown command of a group may stand for.
  func suggestions(for word: String, at place: CommandLocation<Action>) -> [String] {
    let siblings = place.command.subcommands
    let verbs = usualVerbs.first { $0.verb == word }?.instead ?? []
    if let verb = verbs.first(where: { name in siblings.contains { $0.name == name } }) {
      return [verb]
    }
    let closest = closestName(
      to: word, names: siblings.map(\.name), aliases: siblings.flatMap(\.aliases))
    if let closest { return [closest] }

    // The word may be valid in another place: a verb without its noun, or before it. At most two
    // nouns are suggested, because `list` alone would match all of them.
    guard place.path.isEmpty else { return [] }
    for verb in [word] + verbs {
      let owners = commands.filter { $0.subcommand(named: verb) != nil }
      let named = owners.filter { owner in place.next.map(owner.isNamed) ?? false }
      let likely = named.isEmpty ? owners : named
      if (1...2).contains(likely.count) { return likely.map { "\($0.name) \(verb)" } }
    }
    return []
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
