/// An error that a program reports: a sentence for people, a code for programs.
package protocol ReportableError: Error {
  /// The stable code that programs match.
  var code: ErrorCode { get }

  /// What went wrong, as one sentence without a full stop.
  var message: String { get }

  /// What to do next, if that is known.
  var hint: String? { get }
}
