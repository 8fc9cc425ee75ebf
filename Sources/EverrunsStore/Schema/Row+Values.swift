import EverrunsDocuments
import Foundation
import GRDB

/// Reads columns that any program may have written. GRDB's own subscripts trap on NULL and on a
/// value of another type; these do not.
extension Row {
  /// The text of a column; numbers as text, `nil` for NULL.
  ///
  /// Bytes, and text that is not UTF-8 or contains U+0000, are shown as SQL blob literals,
  /// `x'00ff'`; no value of a document or a catalog equals one.
  func text(_ column: String) -> String? {
    let value: DatabaseValue = hasColumn(column) ? self[column] : .null
    return switch value.storage {
    case .null: nil
    case .int64(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): bytes(column, insteadOf: text)?.asSQL ?? text
    case .blob(let data): data.asSQL
    }
  }

  /// Whether a column holds UTF-8 text without U+0000.
  func holdsText(_ column: String) -> Bool {
    guard hasColumn(column), case .string(let text) = (self[column] as DatabaseValue).storage else {
      return false
    }
    return bytes(column, insteadOf: text) == nil
  }

  /// The bytes of a column's text if GRDB, which stops at U+0000 and repairs invalid UTF-8, would
  /// read another text.
  ///
  /// Available only while the row is the current one of a cursor.
  private func bytes(_ column: String, insteadOf text: String) -> Data? {
    // `withUnsafeData` cannot throw for text.
    try? withUnsafeData(named: column) { data -> Data? in
      guard let data, !data.hasSameBytes(as: text.utf8) else { return nil }
      return Data(Array(data))
    }
  }

  /// The integer of a column; 0 if it holds none.
  func integer(_ column: String) -> Int {
    let value: DatabaseValue = hasColumn(column) ? self[column] : .null
    return switch value.storage {
    case .int64(let number): Int(number)
    case .null, .double, .string, .blob: 0
    }
  }

  /// The value of a column in its form.
  ///
  /// A value of another form stays text, and so differs from everything that a catalog can contain.
  func value(_ column: String, _ form: ColumnForm) -> JSONValue {
    guard let text = text(column) else { return .null }
    switch form {
    case .text:
      return .string(text)
    case .boolean:
      return text == "1" ? true : text == "0" ? false : .string(text)
    case .json:
      return .stored(text)
    case .integer:
      return Int(text).map(JSONValue.integer) ?? .string(text)
    }
  }
}

extension JSONValue {
  /// The value of a JSON column, keys sorted; text that is not JSON stays text.
  static func stored(_ text: String) -> JSONValue {
    guard let value = try? JSONValue(json: text) else { return .string(text) }
    return value.sortingKeys
  }
}

extension Data {
  /// The text of some bytes; bytes that are not UTF-8 or contain U+0000 become an SQL blob literal.
  var exactText: String {
    guard !contains(0), let text = String(validating: self, as: UTF8.self) else { return asSQL }
    return text
  }

  /// The bytes as an SQL blob literal.
  var asSQL: String {
    "x'" + map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
  }
}
