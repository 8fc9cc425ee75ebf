import GRDB
import GRDBSQLite

/// A connection that reads single rows through SQLite's own interface.
///
/// A run with nothing to do reads a handful of rows. To open the library's connection takes longer
/// than that, and so such a run gets by with this one. The interface is that of
/// sqlite.org/c3ref/intro.html; failures are the library's.
final class PlainConnection: RowReader {
  private var handle: OpaquePointer?

  /// Opens a database to read it.
  ///
  /// - Parameter address: A path or a URI: sqlite.org/uri.html.
  /// - Throws: `DatabaseError`.
  init(_ address: String, busyTimeout: Duration) throws {
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
    do {
      try check(sqlite3_open_v2(address, &handle, flags, nil))
      let milliseconds = busyTimeout / .milliseconds(1)
      try check(sqlite3_busy_timeout(handle, Int32(milliseconds)))
    } catch {
      close()
      throw error
    }
  }

  deinit { close() }

  /// Ends the connection; nothing can be read any more.
  func close() {
    sqlite3_close_v2(handle)
    handle = nil
  }

  func firstRow(_ sql: String, _ texts: [String?]) throws -> (any ReadableRow)? {
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
    defer { sqlite3_finalize(statement) }
    for (number, text) in zip(Int32(1)..., texts) {
      // SQLite makes a copy of the text: `SQLITE_TRANSIENT`, which is the address -1.
      let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      try check(sqlite3_bind_text(statement, number, text, -1, copying))
    }
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return PlainRow(statement)
    case SQLITE_DONE: return nil
    case let code: throw error(code)
    }
  }

  func inSnapshot<Value>(_ body: () throws -> Value) throws -> Value {
    try check(sqlite3_exec(handle, "BEGIN", nil, nil, nil))
    defer { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    return try body()
  }

  private func check(_ code: CInt) throws {
    guard code == SQLITE_OK else { throw error(code) }
  }

  private func error(_ code: CInt) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: sqlite3_errmsg(handle).map { String(cString: $0) })
  }
}

/// The columns of one row, with the text of each that holds any.
private struct PlainRow: ReadableRow {
  private struct Column {
    let name: String
    let text: String?
    let integer: Int
  }

  private let columns: [Column]

  /// Takes over the row that a statement stands at.
  init(_ statement: OpaquePointer?) {
    columns = (0..<sqlite3_column_count(statement)).map { number in
      let type = sqlite3_column_type(statement, number)
      // SQLite makes a text of a number where it is asked for one.
      let text = type == SQLITE_BLOB ? nil : sqlite3_column_text(statement, number)
      return Column(
        name: sqlite3_column_name(statement, number).map { String(cString: $0) } ?? "",
        text: text.map { String(cString: $0) },
        integer: type == SQLITE_INTEGER ? Int(sqlite3_column_int64(statement, number)) : 0)
    }
  }

  func hasColumn(_ name: String) -> Bool { column(name) != nil }

  func text(_ column: String) -> String? { self.column(column)?.text }

  func integer(_ column: String) -> Int { self.column(column)?.integer ?? 0 }

  private func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}
