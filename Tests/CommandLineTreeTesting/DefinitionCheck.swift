import CommandLineTree

/// Finds what is wrong with the definition of one command.
struct DefinitionCheck<Action: Sendable> {
  typealias Reason = DefinitionProblem.Reason

  let tree: CommandTree<Action>
  let place: PlacedCommand<Action>

  private var command: Command<Action> { place.command }
  private var options: [OptionSpecification] { command.options.map(\.specification) }
  private var arguments: [ArgumentSpecification] { command.arguments.map(\.specification) }
  private var globalOptions: [OptionSpecification] { tree.globalOptions.map(\.specification) }

  func problems() -> [DefinitionProblem] {
    let reasons =
      names() + summaries() + optionNames() + values() + argumentOrder() + relatedOptions()
      + examples() + exitCodes()
    return reasons.map { DefinitionProblem(place.path.joined(separator: " "), $0) }
  }

  static func summaryProblems(_ summary: String, of name: String) -> [Reason] {
    var reasons: [Reason] = []
    if summary.isEmpty { reasons.append(.summaryMissing(of: name)) }
    if summary.count > 80 || summary.contains(where: \.isNewline) {
      reasons.append(.summaryTooLong(of: name))
    }
    if summary.last == "." { reasons.append(.summaryEndsWithFullStop(of: name)) }
    return reasons
  }

  private func names() -> [Reason] {
    var reasons: [Reason] = []
    var taken: Set<String> = []
    for name in command.subcommands.flatMap({ [$0.name] + $0.aliases }) {
      if !name.isCommandWord { reasons.append(.malformedName(name)) }
      if !taken.insert(name).inserted { reasons.append(.nameTaken(name)) }
    }
    if command.action == nil, command.subcommands.isEmpty { reasons.append(.emptyGroup) }
    return reasons
  }

  private func summaries() -> [Reason] {
    let own = [(command.name, command.summary)]
    let ofOptions = (place.path.isEmpty ? globalOptions : options).map { ($0.name, $0.summary) }
    let ofArguments = arguments.map { ($0.name, $0.summary) }
    let ofExamples = command.examples.map { ($0.commandLine, $0.summary) }
    return (own + ofOptions + ofArguments + ofExamples).flatMap { name, summary in
      Self.summaryProblems(summary, of: name)
    }
  }

  private func optionNames() -> [Reason] {
    var reasons: [Reason] = []
    var names: Set<String> = []
    var shorts: Set<Character> = []
    for option in globalOptions + options {
      if !names.insert(option.name).inserted { reasons.append(.repeatedDefinition(option.name)) }
      if let short = option.short, !shorts.insert(short).inserted {
        reasons.append(.shortTaken(short))
      }
    }
    // The root has the global options to answer for, the commands only their own.
    for option in place.path.isEmpty ? globalOptions : options {
      if !option.name.isCommandWord { reasons.append(.malformedName(option.name)) }
      if let short = option.short, !(short.isASCII && short.isLetter) {
        reasons.append(.malformedShort(short))
      }
    }
    return reasons
  }

  private func values() -> [Reason] {
    var reasons: [Reason] = []
    for option in place.path.isEmpty ? globalOptions : options {
      guard let value = option.value else { continue }
      if !value.name.isValueName { reasons.append(.malformedValueName(value.name)) }
    }
    return reasons
  }

  private func argumentOrder() -> [Reason] {
    var reasons: [Reason] = []
    var names: Set<String> = []
    var previous: ArgumentSpecification.Presence?
    for argument in arguments {
      if !argument.name.isValueName { reasons.append(.malformedValueName(argument.name)) }
      if !names.insert(argument.name).inserted {
        reasons.append(.repeatedDefinition(argument.name))
      }
      switch (previous, argument.presence) {
      case (.repeated, _), (.repeatedAtLeastOnce, _), (.optional, .required),
        (.optional, .repeatedAtLeastOnce):
        reasons.append(.unreachableArgument(argument.name))
      case (nil, _), (.required, _), (.optional, .optional), (.optional, .repeated):
        break
      }
      previous = argument.presence
    }
    return reasons
  }

  private func relatedOptions() -> [Reason] {
    let known = Set((options + globalOptions).map(\.name))
    let related =
      command.exclusiveOptions.joined()
      + command.dependentOptions.flatMap { [$0.option, $0.needs] }
    return related.map(\.specification.name).filter { !known.contains($0) }
      .map(Reason.unknownRelatedOption)
  }

  private func examples() -> [Reason] {
    command.examples.flatMap { example -> [Reason] in
      let calls = ShellWords(example.commandLine).calls(of: tree.name)
      if calls.isEmpty { return [.misplacedExample(example.commandLine)] }
      var showsCommand = false
      for call in calls {
        do throws(ParseFailure) {
          if try tree.parse(call).path.starts(with: place.path) { showsCommand = true }
        } catch {
          return [.invalidExample(example.commandLine, message: error.error.message)]
        }
      }
      return showsCommand ? [] : [.misplacedExample(example.commandLine)]
    }
  }

  private func exitCodes() -> [Reason] {
    let known = Set(tree.exitCodes.map(\.code))
    return command.exitCodes.filter { !known.contains($0) }.map(Reason.exitCode)
  }
}

extension Outcome {
  /// The names that lead to the command concerned.
  fileprivate var path: [String] {
    switch self {
    case .run(let invocation): invocation.path
    case .help(let path): path
    case .version: []
    }
  }
}

extension String {
  /// Whether it can name a command, an option or a topic: `[a-z0-9]+(-[a-z0-9]+)*`.
  var isCommandWord: Bool {
    split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { Self.lowercaseLetters.contains($0) || $0.isDigit }
    }
  }

  /// Whether it can stand for a value in a usage line: capitals, digits and signs, such as
  /// `NAME@N` or `FIELD=VALUE`, but no small letters and blanks.
  var isValueName: Bool {
    !isEmpty && allSatisfy { $0.isASCII && !$0.isLowercase && !$0.isWhitespace }
  }

  private static let lowercaseLetters = UInt8(ascii: "a")...UInt8(ascii: "z")
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
