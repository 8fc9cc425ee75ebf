import GRDB

/// What can be asked for single rows: a connection of the library, and a ``PlainConnection``.
protocol RowReader {
  /// The first row that a statement finds.
  ///
  /// - Parameter texts: What its parameters are bound to, in order.
  func firstRow(_ sql: String, _ texts: [String?]) throws -> (any ReadableRow)?

  /// Runs a body on one unchanging state of the store.
  func inSnapshot<Value>(_ body: () throws -> Value) throws -> Value
}

extension RowReader {
  /// The first row that a statement without parameters finds.
  func firstRow(_ sql: String) throws -> (any ReadableRow)? {
    try firstRow(sql, [])
  }
}

/// A row whose columns any program may have written into.
protocol ReadableRow {
  /// Whether the row has a column of this name.
  func hasColumn(_ name: String) -> Bool
  /// The text of a column; `nil` for NULL.
  func text(_ column: String) -> String?
  /// The whole number of a column; 0 where it holds none.
  func integer(_ column: String) -> Int
}

extension Row: ReadableRow {}

extension Database: RowReader {
  func firstRow(_ sql: String, _ texts: [String?]) throws -> (any ReadableRow)? {
    try Row.fetchOne(self, sql: sql, arguments: StatementArguments(texts))
  }

  func inSnapshot<Value>(_ body: () throws -> Value) throws -> Value {
    try beginTransaction(.deferred)
    defer { try? rollback() }
    return try body()
  }
}
