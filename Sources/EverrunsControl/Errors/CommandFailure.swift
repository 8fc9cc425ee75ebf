public import EverrunsStore

/// Why an embedder's own command failed.
public struct CommandFailure: ReportableError, Equatable, Sendable {
  /// What went wrong, as one sentence without a full stop.
  public let message: String
  /// What to do next, if that is known.
  public let hint: String?
  /// The stable code that programs match, which decides the exit code.
  public let code: ErrorCode

  /// Creates a failure.
  ///
  /// - Parameters:
  ///   - message: What went wrong, as one sentence without a full stop. Quote the user's input.
  ///   - hint: What to do next, if that is known.
  ///   - code: The stable code that programs match, which decides the exit code.
  public init(_ message: String, hint: String? = nil, code: ErrorCode = .refused) {
    self.message = message
    self.hint = hint
    self.code = code
  }
}
