/// A group of options that the help shows together.
public struct OptionCategory: Sendable, Hashable {
  /// The heading of the group.
  public let title: String

  /// Creates a group with a heading, such as `Filters`.
  public init(_ title: String) {
    self.title = title
  }

  /// The group of options without another one.
  public static let general = OptionCategory("Options")
}
