/// A command line worth showing, with what it does.
public struct Example: Sendable, Hashable {
  /// What the command line does, in one line without a full stop.
  public let summary: String
  /// The words as they are typed in a shell, from the name of the program on.
  ///
  /// Quotes, pipes and redirections may be used; ``CommandTree/problems()`` sees that the program
  /// understands its part.
  public let commandLine: String

  /// Describes a command line.
  public init(_ summary: String, _ commandLine: String) {
    self.summary = summary
    self.commandLine = commandLine
  }
}
