import GRDB

/// Reading rows where they are, while a cursor is on them.
///
/// GRDB's `fetchAll` copies rows first, in which text is not what the column holds (see
/// `Row.text(_:)`).
extension Database {
  /// Makes a value of each row that a query finds.
  func map<Value>(
    _ sql: String, _ arguments: StatementArguments = StatementArguments(),
    _ body: (Row) throws -> Value
  ) throws -> [Value] {
    try Row.fetchCursor(self, sql: sql, arguments: arguments).values(body)
  }

  /// Makes a value of the first row that a query finds; `nil` if it finds none.
  func mapFirst<Value>(
    _ sql: String, _ arguments: StatementArguments = StatementArguments(),
    _ body: (Row) throws -> Value
  ) throws -> Value? {
    let rows = try Row.fetchCursor(self, sql: sql, arguments: arguments)
    return try rows.next().map(body)
  }
}

extension SQL {
  /// Makes a value of each row that the query finds.
  func map<Value>(_ db: Database, _ body: (Row) throws -> Value) throws -> [Value] {
    try SQLRequest<Row>(literal: self).fetchCursor(db).values(body)
  }

  /// Makes a value of the first row that the query finds; `nil` if it finds none.
  func mapFirst<Value>(_ db: Database, _ body: (Row) throws -> Value) throws -> Value? {
    let rows = try SQLRequest<Row>(literal: self).fetchCursor(db)
    return try rows.next().map(body)
  }
}

extension RowCursor {
  /// Makes a value of each row.
  func values<Value>(_ body: (Row) throws -> Value) throws -> [Value] {
    var values: [Value] = []
    while let row = try next() { values.append(try body(row)) }
    return values
  }
}
