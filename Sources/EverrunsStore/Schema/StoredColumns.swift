import Foundation
import GRDB
import Messages

extension Database {
  /// A column of a table as a query selects it: NULL in a store of an older version that lacks it.
  func column(_ name: String, of table: Table) throws -> SQL {
    let isPresent = try columns(in: table.name).contains { $0.name == name }
    return SQL(sql: isPresent ? name : "NULL AS \(name)")
  }
}

/// A value that is read from the columns of a row; reading throws if a column is missing or
/// damaged.
///
/// GRDB's `FetchableRecord` would make its rows part of the public interface.
protocol ColumnDecodable {
  /// The table's name, for errors.
  static var table: Table { get }

  init(_ columns: StoredColumns) throws
}

extension ColumnDecodable {
  static func fetchAll(_ db: Database, _ query: SQL) throws -> [Self] {
    try query.map(db) { try Self(StoredColumns($0, of: table)) }
  }

  /// The rows of a query without those that cannot be read, which `store check` names: what other
  /// programs wrote into one row hides no other.
  static func fetchReadable(_ db: Database, _ query: SQL) throws -> [Self] {
    try query.map(db, readable).compactMap(\.self)
  }

  /// A row; `nil` if it cannot be read.
  static func readable(_ row: Row) throws -> Self? {
    try DamagedColumn.asNil { try Self(StoredColumns(row, of: table)) }
  }
}

/// The columns of one row, which any program may have written.
///
/// The subscripts of GRDB's rows trap if a column is missing or has another type.
struct StoredColumns {
  private let row: Row
  private let table: Table

  init(_ row: Row, of table: Table) {
    self.row = row
    self.table = table
  }

  /// The text of a column; numbers and bytes as text.
  func text(_ column: String) throws(DamagedColumn) -> String {
    guard let text = try optionalText(column) else { throw damage(column, .null) }
    return text
  }

  /// The text of a column; `nil` for NULL.
  func optionalText(_ column: String) throws(DamagedColumn) -> String? {
    guard row.hasColumn(column) else { throw damage(column, .missing) }
    return row.text(column)
  }

  /// The integer in a column.
  func integer(_ column: String) throws(DamagedColumn) -> Int {
    guard row.hasColumn(column) else { throw damage(column, .missing) }
    guard let number = Int.fromDatabaseValue(row[column]) else {
      throw damage(column, row.text(column).map(DamagedColumn.Problem.notInteger) ?? .null)
    }
    return number
  }

  /// The number in a column that counts something, and leaves room to count on.
  ///
  /// Other programs may have written any number; what is derived from a count needs no checked
  /// arithmetic.
  func count(_ column: String) throws(DamagedColumn) -> Int {
    let number = try integer(column)
    guard StoredNumber.counts.contains(number) else {
      throw damage(column, .invalid(String(number)))
    }
    return number
  }

  /// The time in a column, in the form that its table declares.
  func time(_ column: String) throws(DamagedColumn) -> Date {
    guard let time = try optionalTime(column) else { throw damage(column, .null) }
    return time
  }

  /// The time in a column, in the form that its table declares; `nil` for NULL.
  func optionalTime(_ column: String) throws(DamagedColumn) -> Date? {
    guard let text = try optionalText(column) else { return nil }
    guard case .times(let form)? = table.column(named: column)?.range, let time = form.time(text)
    else { throw damage(column, .notTime(text)) }
    return time
  }

  /// The value that a column's text stands for; `read` returns `nil` for an invalid text.
  func value<Value>(
    _ column: String, _ read: (String) -> Value?
  ) throws(DamagedColumn) -> Value {
    guard let value = try optionalValue(column, read) else { throw damage(column, .null) }
    return value
  }

  /// The value that a column's text stands for; `nil` for NULL.
  func optionalValue<Value>(
    _ column: String, _ read: (String) -> Value?
  ) throws(DamagedColumn) -> Value? {
    guard let text = try optionalText(column) else { return nil }
    guard let value = read(text) else { throw damage(column, .invalid(text)) }
    return value
  }

  private func damage(_ column: String, _ problem: DamagedColumn.Problem) -> DamagedColumn {
    DamagedColumn(table: table.name, column: column, problem: problem)
  }
}

/// A column does not hold a value that the store itself would write.
struct DamagedColumn: Error {
  enum Problem: Equatable {
    case missing
    case null
    case notInteger(String)
    case notTime(String)
    case invalid(String)
  }

  let table: String
  let column: String
  let problem: Problem

  /// The value of a body that reads a row; `nil` if the row is damaged.
  static func asNil<Value>(_ body: () throws -> Value) throws -> Value? {
    do {
      return try body()
    } catch is DamagedColumn {
      return nil
    }
  }

  /// The problem, as part of a sentence.
  var reason: String { "\(table).\(column) \(predicate)" }

  /// The problem, without the name of the column.
  var predicate: String {
    switch problem {
    case .missing: "does not exist"
    case .null: "is NULL"
    case .notInteger(let text): "holds '\(text)', which is not a whole number"
    case .notTime(let text): "holds '\(text)', which is not a time"
    case .invalid(let text): "holds \(text.quoted), which is not valid there"
    }
  }
}
