import Messages

extension CommandTree {
  /// The command lines that an unknown command of a group may stand for.
  func suggestions(for word: String, at place: CommandLocation<Action>) -> [String] {
    let siblings = place.command.subcommands
    let verbs = usualVerbs.first { $0.verb == word }?.instead ?? []
    let isAtTop = place.path.isEmpty
    let named = line(ofVerbs: [word] + verbs, noun: place.next).map { [$0] }
    // The word may be valid in another place: a verb without its noun, or before it.
    if isAtTop, let lines = named ?? lines(ofVerb: word) { return lines }
    if let verb = verbs.first(where: { verb in siblings.contains { $0.hasName(in: verb) } }) {
      return [verb]
    }
    let closest = closestName(
      to: word, names: siblings.map(\.name), aliases: siblings.flatMap(\.aliases))
    if let closest { return [closest] }
    if !isAtTop {
      let usual = verbs.filter { line in
        line.contains(" ") && commands.contains { $0.hasName(in: line) }
      }
      if !usual.isEmpty { return usual }
      if let named { return named }
      // Many nouns have a verb such as `list`: their list is no help.
      if let others = lines(ofVerb: word), others.count <= Self.fewNouns { return others }
    }
    return verbs.lazy.compactMap(lines).first ?? []
  }

  /// Of how many nouns a verb that another noun does not have is suggested.
  private static var fewNouns: Int { 3 }

  /// The command line of a noun with the first of some verbs that it has.
  ///
  /// - Parameters:
  ///   - verbs: The verbs.
  ///   - word: The noun as typed.
  /// - Returns: The line; `nil` if the word is no noun, or has none of the verbs.
  private func line(ofVerbs verbs: [String], noun word: String?) -> String? {
    guard let word, let noun = commands.first(where: { $0.isNamed(word) }) else { return nil }
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
