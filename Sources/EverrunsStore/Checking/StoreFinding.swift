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

  package init(table: String? = nil, row: String? = nil, _ message: String, remedy: String) {
    self.table = table
    self.row = row
    self.message = message
    self.remedy = remedy
  }
}
