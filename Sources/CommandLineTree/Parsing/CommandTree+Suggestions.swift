import Messages

extension CommandTree {
  /// The command lines that an unknown command of a group may stand for.
  func suggestions(for word: String, at place: CommandLocation<Action>) -> [String] {
    let siblings = place.command.subcommands
    let verbs = usualVerbs.first { $0.verb == word }?.instead ?? []
    let isAtTop = place.path.isEmpty
    // The word may be valid in another place: a verb without its noun, or before it.
    if isAtTop, let lines = lines(ofVerb: word, before: place.next) { return lines }
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
      // Many nouns have a verb such as `list`: their list is no help.
      if let others = lines(ofVerb: word, before: place.next), others.count <= Self.fewNouns {
        return others
      }
    }
    return verbs.lazy.compactMap { lines(ofVerb: $0, before: place.next) }.first ?? []
  }

  /// Of how many nouns a verb that another noun does not have is suggested.
  private static var fewNouns: Int { 3 }

  /// The command lines of the nouns that have a verb; `nil` if there are none.
  ///
  /// If the next word is one of these nouns, only its line is suggested.
  private func lines(ofVerb verb: String, before next: String?) -> [String]? {
    let owners = commands.filter { owner in
      owner.subcommands.contains { $0.hasName(in: verb) }
    }
    let named = owners.filter { owner in next.map(owner.isNamed) ?? false }
    let lines = (named.isEmpty ? owners : named).map { "\($0.name) \(verb)" }
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
