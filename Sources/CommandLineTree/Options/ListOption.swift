/// An option that can be repeated, each time with one more value.
///
/// ```swift
/// static let orgs = ListOption("org", .dynamic("orgs"), summary: "Only this organization")
/// arguments[orgs]  // [String], empty if the option is not given
/// ```
public struct ListOption<Value: Sendable>: CommandOption {
  /// What parser, help, manual page and completions need to know of the option.
  public let specification: OptionSpecification
  /// How a text becomes a value, also for texts from elsewhere, such as the environment.
  public let format: ValueFormat<Value>

  /// Defines an option.
  ///
  /// - Parameters:
  ///   - name: The long name, without hyphens.
  ///   - short: The letter of the short form.
  ///   - format: How a text becomes a value.
  ///   - valueName: What stands for the value in the help; the long name in capitals if `nil`.
  ///   - summary: What it does, in one line without a full stop.
  ///   - category: The group it is shown in.
  ///   - environment: The environment variable that is used in its absence.
  ///   - defaultText: What is used in the absence of everything else, as shown in the help.
  public init(
    _ name: String, short: Character? = nil, _ format: ValueFormat<Value>,
    valueName: String? = nil, summary: String, category: OptionCategory = .general,
    environment: String? = nil, defaultText: String? = nil
  ) where Value: CommandLineValue {
    self.format = format
    specification = OptionSpecification(
      name: name, short: short,
      value: ValueSpecification(name: valueName ?? name.uppercased(), format: format),
      isRepeatable: true, summary: summary, category: category,
      environmentVariable: environment, defaultText: defaultText)
  }
}
