/// A group of options in the help.
public struct OptionCategory: Sendable, Hashable {
  /// The heading of the group.
  public let title: String

  /// Creates a group with a heading, such as `Filters`.
  public init(_ title: String) {
    self.title = title
  }

  /// The default group.
  public static let general = OptionCategory("Options")

  /// The options of every command.
  package static let global = OptionCategory("Global options")
}
