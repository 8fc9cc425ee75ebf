/// A closed set of words, such as `low`, `medium` and `high`.
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
  /// The meaning of the word, in one line; empty if it is obvious.
  var choiceSummary: String { get }
}
