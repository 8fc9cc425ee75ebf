/// A column of a table: what it is called, and what it shows of a row.
struct Column<Row>: Sendable {
  let title: String
  /// Whether the column may be cut where a terminal is too narrow.
  let isShortened: Bool
  let text: @Sendable (Row) -> String

  init(_ title: String, isShortened: Bool = false, _ text: @escaping @Sendable (Row) -> String) {
    self.title = title
    self.isShortened = isShortened
    self.text = text
  }
}
