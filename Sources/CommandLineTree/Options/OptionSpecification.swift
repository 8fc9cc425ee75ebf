/// An option as its commands list it: any of ``Flag``, ``ValueOption``, ``ListOption`` and
/// ``RequiredOption``.
///
/// The typed key that defines the option also reads its value from ``Arguments``.
public protocol CommandOption: Sendable {
  /// What parser, help, manual page and completions need to know of the option.
  var specification: OptionSpecification { get }
}

/// Everything there is to know of an option, without the type of its value.
public struct OptionSpecification: Sendable {
  /// The long name, without its hyphens.
  public let name: String
  /// The letter of the short form, if it has one.
  public let short: Character?
  /// The value it takes, or `nil` for a flag.
  public let value: ValueSpecification?
  /// Whether each repetition adds a value.
  ///
  /// Otherwise the last one wins.
  public let isRepeatable: Bool
  /// Whether the command cannot do without it.
  public let isRequired: Bool
  /// What it does, in one line without a full stop.
  public let summary: String
  /// The group it is shown in.
  public let category: OptionCategory
  /// The environment variable that is used in its absence.
  public let environmentVariable: String?
  /// What is used in the absence of everything else, as shown in the help.
  public let defaultText: String?

  init(
    name: String, short: Character?, value: ValueSpecification? = nil, isRepeatable: Bool = false,
    isRequired: Bool = false, summary: String, category: OptionCategory,
    environmentVariable: String? = nil, defaultText: String? = nil
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.isRepeatable = isRepeatable
    self.isRequired = isRequired
    self.summary = summary
    self.category = category
    self.environmentVariable = environmentVariable
    self.defaultText = defaultText
  }

  /// The long name as it is typed, `--name`.
  public var typedName: String { "--\(name)" }
}

/// A group of options that the help shows together.
public struct OptionCategory: Sendable, Hashable {
  /// The heading of the group.
  public let title: String

  /// Makes a group of a heading, such as `Selection`.
  public init(_ title: String) {
    self.title = title
  }

  /// The group of options that belong to no other one.
  public static let general = OptionCategory("Options")
}
