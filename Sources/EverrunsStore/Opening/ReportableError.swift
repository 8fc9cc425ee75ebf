/// An error that a program reports: to people as a sentence, to programs as a code.
package protocol ReportableError: Error {
  /// The stable code that programs match.
  var code: ErrorCode { get }

  /// What went wrong, as one sentence without a full stop.
  var message: String { get }

  /// What to do next, where that is known.
  var hint: String? { get }
}
