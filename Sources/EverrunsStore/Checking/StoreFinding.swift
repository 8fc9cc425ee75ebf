/// A problem that a check of the store found.
package struct StoreFinding: Sendable, Hashable {
  /// The table; `nil` if the finding concerns no single table.
  package let table: String?
  /// The key of the row, as an SQL condition: `id = 'x'`; `nil` if the finding concerns no single
  /// row.
  package let row: String?
  /// The problem, as one sentence without a full stop.
  package let message: String
  /// The command or the SQL that fixes it.
  package let remedy: String
  /// Whether the problem is that the check could not be finished.
  let isOfUnfinishedCheck: Bool

  package init(table: String? = nil, row: String? = nil, _ message: String, remedy: String) {
    self.table = table
    self.row = row
    self.message = message
    self.remedy = remedy
    isOfUnfinishedCheck = false
  }

  /// Creates the finding of a check that could not be finished.
  ///
  /// - Parameters:
  ///   - reason: Why, as the end of a sentence.
  ///   - isExplained: Whether other checks found something, which may be the cause.
  init(unfinishedBecause reason: String, isExplained: Bool) {
    table = nil
    row = nil
    message = "cannot be checked: \(reason)"
    remedy =
      isExplained
      ? "fix what the other checks found, and check again"
      : "restore a backup, or undo what changed the schema"
    isOfUnfinishedCheck = true
  }
}
