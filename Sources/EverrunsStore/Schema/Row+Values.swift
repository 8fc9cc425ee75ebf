import EverrunsDocuments
import GRDB

/// Reads columns into which any program may have written anything. GRDB's own subscripts trap on NULL
/// and on a value of another type; these do not.
extension Row {
  /// The text of a column; numbers and bytes as their text, `nil` for NULL.
  func text(_ column: String) -> String? {
    let value: DatabaseValue = hasColumn(column) ? self[column] : .null
    return switch value.storage {
    case .null: nil
    case .int64(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): text
    case .blob(let data):
      "x'" + data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
    }
  }

  /// The whole number of a column; 0 where it holds none.
  func integer(_ column: String) -> Int {
    let value: DatabaseValue = hasColumn(column) ? self[column] : .null
    return switch value.storage {
    case .int64(let number): Int(number)
    case .null, .double, .string, .blob: 0
    }
  }

  /// The value of a column of a form; whatever is not of that form stays the text it is, and so
  /// differs from everything that a catalog could hold.
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
  /// The value of a JSON column, keys sorted; text that is no JSON stays text.
  static func stored(_ text: String) -> JSONValue {
    guard let value = try? JSONValue(json: text) else { return .string(text) }
    return value.sortingKeys
  }
}
