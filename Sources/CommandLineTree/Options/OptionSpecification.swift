/// An ``Option`` as its commands list it, whatever the type of its value.
public protocol CommandOption: Sendable {
  /// What parser, help, manual page and completions know of the option.
  var specification: OptionSpecification { get }
}

/// An option without the type of its value.
public struct OptionSpecification: Sendable {
  /// The long name, without its hyphens.
  package let name: String
  /// The letter of the short form, if it has one.
  package let short: Character?
  /// The value it takes, or `nil` for a flag.
  package let value: ValueSpecification?
  /// Whether each repetition adds a value; otherwise the last one counts.
  package let isRepeatable: Bool
  /// Whether it must be given.
  package let isRequired: Bool
  /// What it does, in one line without a full stop.
  package let summary: String
  /// The group that the help shows it in.
  package let category: OptionCategory
  /// The variables that are asked, in order, where the option is absent.
  package let environment: [VariableSpecification]
  /// The default as a text, or what happens without a value.
  package let defaultText: String?

  init(
    name: String, short: Character?, value: ValueSpecification? = nil, isRepeatable: Bool = false,
    isRequired: Bool = false, summary: String, category: OptionCategory,
    environment: [VariableSpecification] = [], defaultText: String? = nil
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.isRepeatable = isRepeatable
    self.isRequired = isRequired
    self.summary = summary
    self.category = category
    self.environment = environment
    self.defaultText = defaultText
  }

  /// The long name as it is typed, `--name`.
  package var typedName: String { "--\(name)" }

  /// The ways to type the option: `--name`, and `-n` if it has a letter.
  package var forms: [String] {
    [typedName] + (short.map { ["-\($0)"] } ?? [])
  }

  /// The variables whose text is a value of the option.
  var substitutes: [VariableSpecification] { environment.filter(\.isSubstitute) }
}
