/// Reads the options and arguments of a command, and records the first problem.
///
/// It continues after a problem, so that as much as possible is understood: `-o json` at the end of
/// the line determines how the problem is reported.
struct Reading<Action: Sendable> {
  private(set) var arguments = Arguments()
  private(set) var problem: UsageError.Problem?

  private let tree: CommandTree<Action>
  private let place: CommandLocation<Action>
  /// The options whose values are read.
  private let options: [OptionSpecification]
  /// The given options, each as first typed.
  private var given: [(name: String, typed: String)] = []
  /// The text of each option that takes one value.
  private var texts: [String: String] = [:]

  init(tree: CommandTree<Action>, place: CommandLocation<Action>) {
    self.tree = tree
    self.place = place
    options = (place.command.options + tree.globalOptions).map(\.specification)
  }

  /// The options of the group's commands.
  ///
  /// They are valid, but until the command is known their meaning is not.
  private var optionsBelow: [OptionSpecification] {
    place.command.descendants(at: []).flatMap(\.command.options).map(\.specification)
  }

  mutating func read(_ token: Token) {
    switch token {
    case .word:
      break
    case .flag(let name, let typed):
      guard let option = option(name, typed) else { break }
      if let value = option.value {
        // Only if the option is a flag elsewhere, which `problems()` reports.
        note(.missingValue(option: typed, kind: value.kind))
      } else {
        arguments.set(option)
      }
    case .option(let name, let typed, let text):
      if let option = option(name, typed), let value = option.value {
        checkRepetition(of: option, typed, text)
        read(text, as: value, of: .option(typed)) { $0.add($1, to: option) }
      }
    case .missingValue(let name, let typed):
      if let option = option(name, typed), let value = option.value {
        note(.missingValue(option: typed, kind: value.kind))
      } else if isBelow(name) {
        note(.missingValue(option: typed, kind: .text))
      }
    case .unexpectedValue(let name, let typed, let text):
      if option(name, typed) != nil || isBelow(name) {
        note(.unexpectedValue(flag: typed, value: text))
      }
    case .unknown(let typed, let word):
      guard problem == nil else { break }
      note(tree.unknownOption(typed: typed, word: word, options: options + optionsBelow))
    }
  }

  /// Assigns the words to the arguments of the command.
  mutating func readArguments(_ words: [String]) {
    var rest = words[...]
    for argument in place.command.arguments.map(\.specification) {
      switch argument.presence {
      case .required, .optional:
        if let word = rest.popFirst() {
          read(word, as: argument)
        } else if argument.presence == .required {
          note(.missingArgument(argument.name))
        }
      case .repeated, .repeatedAtLeastOnce:
        if rest.isEmpty, argument.presence == .repeatedAtLeastOnce {
          note(.missingArgument(argument.name))
        }
        while let word = rest.popFirst() { read(word, as: argument) }
      }
    }
    if let word = rest.first { note(.unexpectedArgument(word)) }
  }

  /// Reads the environment for absent options.
  ///
  /// An invalid text is recorded but not a problem of the command line: a command that does not
  /// need the option still runs.
  mutating func read(_ environment: (String) -> String?) {
    for option in options where !arguments.hasValue(for: option) {
      for variable in option.environment {
        guard let text = environment(variable.name), !text.isEmpty,
          read(text, of: variable, as: option)
        else { continue }
        break
      }
    }
  }

  /// - Returns: Whether the variable determines the option.
  private mutating func read(
    _ text: String, of variable: VariableSpecification, as option: OptionSpecification
  ) -> Bool {
    do throws(ValueError) {
      let value =
        if let decide = variable.decide { decide(text) } else { try option.value?.convert(text) }
      guard let value else { return false }
      arguments.set(value, of: option, from: variable.name)
    } catch {
      arguments.note(.invalidValue(.variable(variable.name), text: text, error), of: option)
    }
    return true
  }

  /// Checks rules that involve several options.
  mutating func checkOptions() {
    for option in options where option.isRequired && typedName(of: option) == nil {
      note(.missingOption(option.typedName))
    }
    for group in place.command.exclusiveOptions {
      let given = group.compactMap { typedName(of: $0.specification) }
      if given.count > 1 { note(.conflictingOptions(given[0], given[1])) }
    }
    for (option, needed) in place.command.dependentOptions {
      guard let typed = typedName(of: option.specification),
        typedName(of: needed.specification) == nil
      else { continue }
      note(.ineffectiveOption(typed, without: needed.specification.typedName))
    }
  }

  func check() throws(ParseFailure) {
    guard let problem else { return }
    throw ParseFailure(
      error: UsageError(problem, commandPath: place.path), arguments: arguments)
  }

  /// The option with this name, if its value is to be read.
  private mutating func option(_ name: String, _ typed: String) -> OptionSpecification? {
    if let option = options.first(where: { $0.name == name }) {
      if typedName(of: option) == nil { given.append((name, typed)) }
      return option
    }
    if !isBelow(name), problem == nil {
      note(tree.optionOfOthers(name, typed: typed))
    }
    return nil
  }

  /// Notes a second value of an option that takes one.
  ///
  /// Of an option of every command the last value counts: aliases set them in advance.
  private mutating func checkRepetition(
    of option: OptionSpecification, _ typed: String, _ text: String
  ) {
    guard !option.isRepeatable,
      !tree.globalOptions.contains(where: {
        $0.specification.name == option.name
      })
    else { return }
    if let first = texts[option.name], !first.utf8.elementsEqual(text.utf8) {
      note(.repeatedOption(typed, first: first, second: text))
    }
    texts[option.name] = text
  }

  /// The form in which an option was first typed; `nil` if it is not given.
  private func typedName(of option: OptionSpecification) -> String? {
    given.first { $0.name == option.name }?.typed
  }

  private func isBelow(_ name: String) -> Bool {
    optionsBelow.contains { $0.name == name }
  }

  private mutating func read(_ word: String, as argument: ArgumentSpecification) {
    read(word, as: argument.value, of: .argument(argument.name)) { $0.add($1, to: argument) }
  }

  private mutating func read(
    _ text: String, as value: ValueSpecification, of subject: UsageError.Subject,
    add: (inout Arguments, any CommandLineValue) -> Void
  ) {
    do throws(ValueError) {
      add(&arguments, try value.convert(text))
    } catch {
      note(.invalidValue(subject, text: text, error))
    }
  }

  private mutating func note(_ found: UsageError.Problem) {
    guard let problem else {
      self.problem = found
      return
    }
    // Of the values of one option, all that are unknown are named.
    guard case .invalidValue(let subject, let text, .notAChoice(let choices, _)) = found else {
      return
    }
    switch problem {
    case .invalidValue(subject, let first, .notAChoice):
      guard first != text else { break }
      self.problem = .invalidChoices(subject, texts: [first, text], choices: choices)
    case .invalidChoices(subject, let texts, _):
      guard !texts.contains(text) else { break }
      self.problem = .invalidChoices(subject, texts: texts + [text], choices: choices)
    default: break
    }
  }
}
