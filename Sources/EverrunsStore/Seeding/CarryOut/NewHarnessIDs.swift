import Everruns

/// The ids of the harnesses that a run creates.
///
/// They ascend in the order of the plan, so that new rows are appended to the index instead of
/// scattered over it: all share the first part, and the last twelve digits count up.
struct NewHarnessIDs {
  private let prefix: String

  /// - Parameter runID: The id that provides the first part.
  init(runID: UUIDVersion7) {
    prefix = String(runID.text.dropLast(12))
  }

  /// The id of a row, as an SQL expression.
  ///
  /// - Parameters:
  ///   - organization: An expression for the number of the organization among those that are
  ///     compared.
  ///   - ordinal: An expression for the ordinal of the template.
  /// - Returns: An expression for the first part of the run's id and both numbers in hexadecimal.
  func id(_ organization: String, _ ordinal: String) -> String {
    "printf('\(prefix)%08x%04x', \(organization), \(ordinal))"
  }
}
