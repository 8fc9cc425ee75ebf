/// An option of a command, and the key that reads its value.
///
/// ```swift
/// static let dryRun = Option.flag("dry-run", short: "n", summary: "Show what would change")
/// static let risk = Option.optional("risk", .choice(RiskLevel.self), summary: "Only this risk")
/// static let format = Option.defaulted(
///   "format", .choice(Format.self), default: .tree, summary: "How to draw it")
/// static let tags = Option.list("tag", .text, summary: "Only with this tag")
/// static let org = Option.required("org", .dynamic("orgs"), summary: "The organization")
///
/// arguments[dryRun]  // Bool
/// arguments[risk]    // RiskLevel?
/// arguments[format]  // Format
/// arguments[tags]    // [String]
/// arguments[org]     // String
/// ```
///
/// The value of an absent option comes from the first of its environment variables that is set,
/// else it is the default. The parser reads both, and the help shows both.
public struct Option<Value: Sendable>: CommandOption {
  /// The option without the type of its value.
  public let specification: OptionSpecification
  let access: ValueAccess<Value>
}

extension Option where Value == Bool {
  /// A flag.
  ///
  /// - Parameters:
  ///   - name: The long name, without hyphens.
  ///   - short: The letter of the short form.
  ///   - summary: A summary in one line, without a full stop.
  ///   - category: The group in the help.
  /// - Returns: An option that is `true` if the flag is given.
  public static func flag(
    _ name: String, short: Character? = nil, summary: String, category: OptionCategory = .general
  ) -> Self {
    Self(
      specification: OptionSpecification(
        name: name, short: short, summary: summary, category: category),
      access: .flag)
  }

  /// The flag for help, which every command has.
  package static var help: Self { flag("help", short: "h", summary: "Show this help") }

  /// The flag for the version, which every command has.
  package static var version: Self { flag("version", summary: "Show the version") }
}

extension Option {
  /// An optional option with one value.
  ///
  /// Two different values are a usage error, or the last one wins if every command has the option.
  ///
  /// - Parameters:
  ///   - name: The long name, without hyphens.
  ///   - short: The letter of the short form.
  ///   - format: The conversion of a text.
  ///   - valueName: The placeholder of the value in the help; `nil` for the name in capitals.
  ///   - summary: A summary in one line, without a full stop.
  ///   - category: The group in the help.
  ///   - environment: The variables that provide the value of an absent option, in order.
  ///   - absence: What happens without a value, for the help: `the one in use`.
  /// - Returns: An option that is `nil` if neither the command line nor the environment has a
  ///   value.
  public static func optional<Wrapped: CommandLineValue>(
    _ name: String, short: Character? = nil, _ format: ValueFormat<Wrapped>,
    valueName: String? = nil, summary: String, category: OptionCategory = .general,
    environment: [EnvironmentVariable<Wrapped>] = [], absence: String? = nil
  ) -> Self where Value == Wrapped? {
    Self(
      specification: OptionSpecification(
        name: name, short: short, value: ValueSpecification(valueName, format, orNameOf: name),
        summary: summary, category: category, environment: environment.map { $0.specification },
        defaultText: absence),
      access: .optional())
  }

  /// An option with one value, and a default.
  ///
  /// Two different values are a usage error, or the last one wins if every command has the option.
  ///
  /// - Parameters:
  ///   - name: The long name, without hyphens.
  ///   - short: The letter of the short form.
  ///   - format: The conversion of a text.
  ///   - default: The value if neither the command line nor the environment has one.
  ///   - valueName: The placeholder of the value in the help; `nil` for the name in capitals.
  ///   - summary: A summary in one line, without a full stop.
  ///   - category: The group in the help.
  ///   - environment: The variables that provide the value of an absent option, in order.
  /// - Returns: An option that always has a value.
  public static func defaulted(
    _ name: String, short: Character? = nil, _ format: ValueFormat<Value>, default: Value,
    valueName: String? = nil, summary: String, category: OptionCategory = .general,
    environment: [EnvironmentVariable<Value>] = []
  ) -> Self where Value: CommandLineValue {
    Self(
      specification: OptionSpecification(
        name: name, short: short, value: ValueSpecification(valueName, format, orNameOf: name),
        summary: summary, category: category, environment: environment.map { $0.specification },
        defaultText: format.text(`default`)),
      access: .required(default: `default`))
  }

  /// A required option.
  ///
  /// Two different values are a usage error, or the last one wins if every command has the option.
  ///
  /// - Parameters:
  ///   - name: The long name, without hyphens.
  ///   - short: The letter of the short form.
  ///   - format: The conversion of a text.
  ///   - valueName: The placeholder of the value in the help; `nil` for the name in capitals.
  ///   - summary: A summary in one line, without a full stop.
  ///   - category: The group in the help.
  /// - Returns: An option whose absence is a usage error.
  public static func required(
    _ name: String, short: Character? = nil, _ format: ValueFormat<Value>,
    valueName: String? = nil, summary: String, category: OptionCategory = .general
  ) -> Self where Value: CommandLineValue {
    Self(
      specification: OptionSpecification(
        name: name, short: short, value: ValueSpecification(valueName, format, orNameOf: name),
        isRequired: true, summary: summary, category: category),
      access: .required())
  }

  /// An option that can be repeated.
  ///
  /// Each time adds a value.
  ///
  /// - Parameters:
  ///   - name: The long name, without hyphens.
  ///   - short: The letter of the short form.
  ///   - format: The conversion of a text.
  ///   - valueName: The placeholder of the value in the help; `nil` for the name in capitals.
  ///   - summary: A summary in one line, without a full stop.
  ///   - category: The group in the help.
  /// - Returns: An option with the values in the order given; an empty array if it is absent.
  public static func list<Element: CommandLineValue>(
    _ name: String, short: Character? = nil, _ format: ValueFormat<Element>,
    valueName: String? = nil, summary: String, category: OptionCategory = .general
  ) -> Self where Value == [Element] {
    Self(
      specification: OptionSpecification(
        name: name, short: short, value: ValueSpecification(valueName, format, orNameOf: name),
        isRepeatable: true, summary: summary, category: category),
      access: .list())
  }
}
