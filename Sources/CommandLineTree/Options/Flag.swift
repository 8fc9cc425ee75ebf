/// An option without a value: there or not.
///
/// ```swift
/// static let dryRun = Flag("dry-run", short: "n", summary: "Show what would change")
/// arguments[dryRun]  // true or false
/// ```
public struct Flag: CommandOption {
  /// What parser, help, manual page and completions need to know of the flag.
  public let specification: OptionSpecification

  /// Defines a flag.
  ///
  /// - Parameters:
  ///   - name: The long name, without hyphens.
  ///   - short: The letter of the short form.
  ///   - summary: What it does, in one line without a full stop.
  ///   - category: The group it is shown in.
  ///   - environment: The environment variable that is used in its absence.
  public init(
    _ name: String, short: Character? = nil, summary: String,
    category: OptionCategory = .general, environment: String? = nil
  ) {
    specification = OptionSpecification(
      name: name, short: short, summary: summary, category: category,
      environmentVariable: environment)
  }

  /// The flag that asks for help, which every command takes.
  public static let help = Flag("help", short: "h", summary: "Show this help")
  /// The flag that asks for the version, which every command takes.
  public static let version = Flag("version", summary: "Show the version")
}
