/// A command line worth showing, with what it does.
public struct Example: Sendable, Hashable {
  /// What the command line does, in one line without a full stop.
  public let summary: String
  /// The command line as typed in a shell, beginning with the name of the program.
  ///
  /// It may contain quotes, pipes and redirections. A test checks that the program accepts its
  /// part.
  public let commandLine: String

  /// Describes a command line.
  public init(_ summary: String, _ commandLine: String) {
    self.summary = summary
    self.commandLine = commandLine
  }
}
