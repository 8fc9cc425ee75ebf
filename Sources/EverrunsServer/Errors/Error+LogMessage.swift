import EverrunsStore

extension Error {
  /// The error as a line of the log states it.
  var logMessage: String {
    (self as? any ReportableError)?.message ?? String(describing: self)
  }
}
