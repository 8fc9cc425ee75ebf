/// A closed set of words that an option or argument takes, such as `low`, `medium` and `high`.
///
/// The cases are the only list: parser, help, manual page and completions all read it.
///
/// ```swift
/// enum RiskLevel: String, CommandLineChoice {
///   case low, medium, high
///   var choiceSummary: String { "Capabilities of \(rawValue) risk" }
/// }
/// ```
public protocol CommandLineChoice: CaseIterable, Equatable, RawRepresentable, Sendable
where RawValue == String {
  /// What the word stands for, in one line; may be empty where the word says it all.
  var choiceSummary: String { get }
}
