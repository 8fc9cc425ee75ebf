import Messages

extension UsageError {
  /// The problem, as one sentence without a full stop.
  ///
  /// User input is in single quotes, with control characters escaped and very long words shortened,
  /// so that the message is safe on a terminal.
  package var message: String {
    let command = commandPath.joined(separator: " ").quoted
    return switch problem {
    case .unknownCommand(let word, _), .misplacedVerb(let word, _):
      commandPath.isEmpty
        ? "unknown command \(word.quoted)" : "\(command) has no command \(word.quoted)"
    case .unknownTopic(let word, _):
      "no command or help topic \(word.quoted)"
    case .unknownOption(let typed, _, let elsewhere):
      elsewhere.isEmpty || commandPath.isEmpty
        ? "unknown option \(typed.quoted)" : "\(command) has no option \(typed.quoted)"
    case .missingValue(let option, _):
      "option \(option.quoted) needs a value"
    case .unexpectedValue(let flag, let value):
      "option \(flag.quoted) takes no value, but was given \(value.quoted)"
    case .invalidValue(let subject, let text, let error):
      error.message(for: subject, text)
    case .invalidChoices(let subject, let texts, _):
      "\(subject.text) cannot be \(texts.map(\.quoted).joined(asListWith: "or"))"
    case .missingArgument(let name):
      "argument \(name) is missing"
    case .unexpectedArgument(let word):
      "unexpected argument \(word.quoted)"
    case .missingOption(let option):
      "option \(option.quoted) is missing"
    case .conflictingOptions(let first, let second):
      "options \(first.quoted) and \(second.quoted) cannot be given together"
    case .ineffectiveOption(let option, let needed):
      "option \(option.quoted) has no effect without \(needed.quoted)"
    case .repeatedOption(let typed, let first, let second):
      "option \(typed.quoted) takes one value, but was given \(first.quoted) and \(second.quoted)"
    case .other(let message, _):
      message
    }
  }

  /// What to do about it, as one sentence without a full stop, or `nil` if nothing is known.
  package var hint: String? {
    switch problem {
    case .unknownCommand(_, let suggestions):
      Self.didYouMean(suggestions)
    case .misplacedVerb(_, let commands):
      "its commands are \(commands.joinedInQuotes)"
    case .unknownTopic(_, let suggestion):
      Self.didYouMean(suggestion.map { [$0] } ?? [])
    case .unknownOption(let typed, let suggestion, let elsewhere):
      if elsewhere.isEmpty {
        Self.didYouMean(suggestion.map { [$0] } ?? [])
      } else {
        "\(typed.quoted) is an option of \(Self.abridged(elsewhere))"
      }
    case .missingValue(_, let kind):
      Self.listing(kind.choices.map(\.value))
    case .invalidValue(_, _, .notAChoice(let choices, let suggestion)):
      suggestion.map { Self.didYouMean([$0]) } ?? Self.listing(choices)
    case .invalidChoices(_, let texts, let choices):
      Spelling.hint(for: texts, among: choices) ?? Self.listing(choices)
    case .invalidValue(_, _, .invalid(_, let hint)):
      hint
    case .other(_, let hint):
      hint
    case .unexpectedValue, .invalidValue, .missingArgument, .unexpectedArgument, .missingOption,
      .conflictingOptions, .ineffectiveOption, .repeatedOption:
      nil
    }
  }

  private static func didYouMean(_ words: [String]) -> String? {
    words.isEmpty ? nil : "did you mean \(words.map(\.quoted).joined(asListWith: "or"))?"
  }

  private static func listing(_ values: [String]) -> String? {
    switch values.count {
    case 0: nil
    case 1: "the only value is \(values[0])"
    default: "the values are \(values.joined(asListWith: "and"))"
    }
  }

  /// Some of the commands.
  ///
  /// Options such as `--limit` may belong to many commands, and a hint is one line.
  private static func abridged(_ commands: [String]) -> String {
    let shown = commands.prefix(3).map(\.quoted)
    let rest = commands.count - shown.count
    let remainder = rest == 0 ? [] : ["\(rest) more"]
    return (shown + remainder).joined(asListWith: "and")
  }
}

extension UsageError.Subject {
  /// The subject of a sentence.
  fileprivate var text: String {
    switch self {
    case .option(let typed): typed.quoted
    case .argument(let name), .variable(let name): name
    }
  }
}

extension ValueError {
  /// The sentence about an invalid value of an option, argument or variable.
  fileprivate func message(for subject: UsageError.Subject, _ text: String) -> String {
    let name = subject.text
    return switch self {
    case .notAChoice:
      "\(name) cannot be \(text.quoted)"
    case .notANumber:
      "\(name) must be a whole number, not \(text.quoted)"
    case .outOfRange(let range):
      "\(name) must be \(Self.wording(of: range)), not \(text.quoted)"
    case .empty:
      "\(name) must not be empty"
    case .notUTF8:
      "\(name) must be UTF-8, not \(text.quoted)"
    case .invalid(let reason, _):
      "\(name) cannot be \(text.quoted): \(reason)"
    }
  }

  private static func wording(of range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (.min, let upper): "at most \(upper)"
    case (let lower, .max): "at least \(lower)"
    case (let lower, let upper): "from \(lower) to \(upper)"
    }
  }
}
