/// The style of a help page, such as colors on a terminal.
///
/// Texts are laid out before they are styled, so escape codes do not count as width.
package struct HelpStyle: Sendable {
  /// Styles the heading of a section.
  package let heading: @Sendable (String) -> String
  /// Styles literals: names of commands and options, examples.
  package let literal: @Sendable (String) -> String

  /// Creates a style from two functions, which may only add zero-width characters.
  package init(
    heading: @escaping @Sendable (String) -> String,
    literal: @escaping @Sendable (String) -> String
  ) {
    self.heading = heading
    self.literal = literal
  }

  /// No style.
  package static let plain = HelpStyle(heading: { $0 }, literal: { $0 })
}
