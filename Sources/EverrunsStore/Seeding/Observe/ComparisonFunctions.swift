import EverrunsDocuments
import GRDB

/// The functions that a comparison adds to SQL.
enum ComparisonFunctions {
  /// Makes them known to a connection.
  static func add(to db: Database) {
    db.add(function: text)
    db.add(function: json)
    db.add(function: jsonType)
    db.add(function: capability)
    db.add(function: variant)
  }

  /// An argument of these functions that is the exact value of a column: GRDB reads text only up to
  /// U+0000, and repairs what is not UTF-8.
  static func exact(_ column: String) -> String {
    """
    CASE typeof(\(column)) WHEN 'text' THEN CAST(\(column) AS BLOB)
      WHEN 'blob' THEN quote(\(column)) ELSE \(column) END
    """
  }

  /// `seed_text(COLUMN)`: the text of a column; what is not text in UTF-8 without U+0000 as SQL
  /// writes bytes.
  private static let text = DatabaseFunction("seed_text", argumentCount: 1, pure: true) { values in
    values.first.flatMap(exactText)
  }

  /// `seed_json(COLUMN)`: the value of a JSON column, written in one way.
  private static let json = DatabaseFunction("seed_json", argumentCount: 1, pure: true) { values in
    values.first.flatMap(exactText).map { JSONValue.stored($0).canonicalJSON }
  }

  /// `seed_json_type(COLUMN)`: what JSON a column holds; null where it holds none.
  private static let jsonType = DatabaseFunction(
    "seed_json_type", argumentCount: 1, pure: true
  ) { values in
    values.first.flatMap(exactText).flatMap(jsonType(of:))
  }

  /// What JSON a text is: `array`, `object` or `scalar`; `nil` where it is none.
  static func jsonType(of text: String) -> String? {
    switch try? JSONValue(json: text) {
    case .array: "array"
    case .object: "object"
    case .null, .bool, .number, .string: "scalar"
    case nil: nil
    }
  }

  /// `seed_capability(ID, CONFIG)`: a row of capabilities as a document has it, written in one way.
  private static let capability = DatabaseFunction(
    "seed_capability", argumentCount: 2, pure: true
  ) { values in
    let texts = values.map(exactText)
    let entry: JSONValue = [
      "ref": .optional(texts[0]), "config": texts[1].map(JSONValue.stored) ?? .null,
    ]
    return entry.canonicalJSON
  }

  /// `seed_variant(...)`: what tells rows apart that hold different values, at the length of a
  /// hash.
  private static let variant = DatabaseFunction("seed_variant", pure: true) { values in
    Fingerprint(of: .array(values.map { .optional(exactText($0)) })).short
  }

  private static func exactText(_ value: DatabaseValue) -> String? {
    switch value.storage {
    case .null: nil
    case .int64(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): text
    case .blob(let data): data.exactText
    }
  }
}
