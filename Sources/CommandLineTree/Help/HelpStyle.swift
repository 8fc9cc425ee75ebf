/// How the parts of a help page are emphasized, such as with colours on a terminal.
///
/// Texts are laid out before they are emphasized, so that escape codes do not count as width.
package struct HelpStyle: Sendable {
  /// Emphasizes the heading of a section.
  package let heading: @Sendable (String) -> String
  /// Emphasizes what is typed as it stands: names of commands and options, examples.
  package let literal: @Sendable (String) -> String

  /// Makes a style of two functions, which may only add characters without a width.
  package init(
    heading: @escaping @Sendable (String) -> String,
    literal: @escaping @Sendable (String) -> String
  ) {
    self.heading = heading
    self.literal = literal
  }

  /// No emphasis at all.
  package static let plain = HelpStyle(heading: { $0 }, literal: { $0 })
}
