/// What it means when the program ends with some code.
package struct ExitCodeDescription: Sendable, Hashable {
  /// The code.
  package let code: Int
  /// What it means, in one line without a full stop.
  package let summary: String

  /// Describes a code.
  package init(_ code: Int, _ summary: String) {
    self.code = code
    self.summary = summary
  }
}
