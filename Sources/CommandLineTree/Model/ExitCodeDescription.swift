/// What it means when the program ends with some code.
public struct ExitCodeDescription: Sendable, Hashable {
  /// The code.
  public let code: Int
  /// What it means, in one line without a full stop.
  public let summary: String

  /// Describes a code.
  public init(_ code: Int, _ summary: String) {
    self.code = code
    self.summary = summary
  }
}
