/// Turns the tokens of a command line into an outcome.
struct Interpreter<Action: Sendable> {
  let tree: CommandTree<Action>
  let tokens: [Token]
  let environment: (String) -> String?

  func outcome() throws(ParseFailure) -> Outcome<Action> {
    if isGiven(Option.version) { return .version }

    let place = CommandLocation(following: words, in: tree.root)
    if let unknown = place.unknown {
      let arguments = reading(of: place).arguments
      let earlier = isGiven(Option.help) ? nil : earlierProblem(at: place)
      throw ParseFailure(
        error: earlier.map { UsageError($0, commandPath: place.path) }
          ?? tree.unknownCommand(unknown, at: place), arguments: arguments)
    }
    if isGiven(Option.help) { return .help(place.path) }

    var reading = reading(of: place)
    if let action = place.command.action {
      reading.readArguments(Array(words.dropFirst(place.path.count)))
      reading.checkOptions()
      try reading.check()
      return .run(Invocation(path: place.path, action: action, arguments: reading.arguments))
    }
    try reading.check()
    return .help(place.path)
  }

  /// The meaning of the tokens, without validation.
  var understanding: (path: [String], arguments: Arguments) {
    let place = CommandLocation(following: words, in: tree.root)
    var reading = reading(of: place)
    reading.readArguments(Array(words.dropFirst(place.path.count)))
    return (place.path, reading.arguments)
  }

  /// The words that are not options.
  private var words: [String] {
    tokens.compactMap { token in if case .word(let text) = token { text } else { nil } }
  }

  private func isGiven(_ flag: Option<Bool>) -> Bool {
    tokens.contains { token in
      if case .flag(flag.specification.name, _) = token { true } else { false }
    }
  }

  /// The arguments of a command, as far as its options determine them.
  private func reading(of place: CommandLocation<Action>) -> Reading<Action> {
    var reading = Reading(tree: tree, place: place)
    for token in tokens { reading.read(token) }
    reading.read(environment)
    return reading
  }

  /// A problem with an option before an unknown command.
  ///
  /// In `--plattform acme status` the first mistake is the option: `acme` would have been its
  /// value.
  private func earlierProblem(at place: CommandLocation<Action>) -> UsageError.Problem? {
    var reading = Reading(tree: tree, place: place)
    var depth = 0
    for token in tokens {
      if case .word = token {
        if depth == place.path.count { break }
        depth += 1
      }
      reading.read(token)
    }
    return reading.problem
  }
}
