/// Something that is wrong in a store.
package struct StoreFinding: Sendable, Hashable {
  /// The table; `nil` where it is not about one.
  package let table: String?
  /// The key of the row, as SQL compares it: `id = 'x'`; `nil` where it is not about one row.
  package let row: String?
  /// What is wrong, as one sentence without a full stop.
  package let message: String
  /// The command or the SQL that mends it.
  package let remedy: String

  init(table: String? = nil, row: String? = nil, _ message: String, remedy: String) {
    self.table = table
    self.row = row
    self.message = message
    self.remedy = remedy
  }
}
