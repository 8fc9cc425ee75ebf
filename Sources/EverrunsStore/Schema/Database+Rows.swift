import GRDB

/// Reads rows in place, while a cursor is on them.
///
/// GRDB's `fetchAll` copies rows first, and text in the copies may differ from the stored text (see
/// `Row.text(_:)`).
extension Database {
  /// Maps each row of a query to a value.
  func map<Value>(
    _ sql: String, _ arguments: StatementArguments = StatementArguments(),
    _ body: (Row) throws -> Value
  ) throws -> [Value] {
    try Row.fetchCursor(self, sql: sql, arguments: arguments).values(body)
  }

  /// Maps the first row of a query to a value; `nil` if there is none.
  func mapFirst<Value>(
    _ sql: String, _ arguments: StatementArguments = StatementArguments(),
    _ body: (Row) throws -> Value
  ) throws -> Value? {
    let rows = try Row.fetchCursor(self, sql: sql, arguments: arguments)
    return try rows.next().map(body)
  }
}

extension SQL {
  /// Maps each row of the query to a value.
  func map<Value>(_ db: Database, _ body: (Row) throws -> Value) throws -> [Value] {
    try SQLRequest<Row>(literal: self).fetchCursor(db).values(body)
  }

  /// Maps the first row of the query to a value; `nil` if there is none.
  func mapFirst<Value>(_ db: Database, _ body: (Row) throws -> Value) throws -> Value? {
    let rows = try SQLRequest<Row>(literal: self).fetchCursor(db)
    return try rows.next().map(body)
  }
}

extension RowCursor {
  /// Maps each row to a value.
  func values<Value>(_ body: (Row) throws -> Value) throws -> [Value] {
    var values: [Value] = []
    while let row = try next() { values.append(try body(row)) }
    return values
  }
}
