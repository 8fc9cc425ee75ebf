/// An ``Option``, whatever the type of its value.
public protocol CommandOption: Sendable {
  /// The type-independent part of the option.
  var specification: OptionSpecification { get }
}

/// An option without the type of its value.
public struct OptionSpecification: Sendable {
  /// The long name, without its hyphens.
  package let name: String
  /// The letter of the short form, if it has one.
  package let short: Character?
  /// The value, or `nil` for a flag.
  package let value: ValueSpecification?
  /// Whether each repetition adds a value.
  package let isRepeatable: Bool
  /// Whether it is required.
  package let isRequired: Bool
  /// A summary in one line, without a full stop.
  package let summary: String
  /// The group in the help.
  package let category: OptionCategory
  /// The variables that provide the value of an absent option, in order.
  package let environment: [VariableSpecification]
  /// The default as text, or what happens without a value.
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

  /// The long name as typed, `--name`.
  package var typedName: String { "--\(name)" }

  /// The forms of the option: `--name`, and `-n` if it has a letter.
  package var forms: [String] {
    [typedName] + (short.map { ["-\($0)"] } ?? [])
  }

  /// The variables with the same values as the option.
  var substitutes: [VariableSpecification] { environment.filter(\.isSubstitute) }
}
