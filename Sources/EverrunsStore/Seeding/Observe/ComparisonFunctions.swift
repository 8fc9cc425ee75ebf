import EverrunsDocuments
import GRDB

/// The SQL functions that a comparison uses.
enum ComparisonFunctions {
  /// Registers the functions on a connection.
  static func add(to db: Database) {
    db.add(function: text)
    db.add(function: json)
    db.add(function: jsonType)
    db.add(function: capability)
    db.add(function: variant)
  }

  /// An argument with the exact value of a column: GRDB reads text only up to U+0000, and repairs
  /// invalid UTF-8.
  static func exact(_ column: String) -> String {
    """
    CASE typeof(\(column)) WHEN 'text' THEN CAST(\(column) AS BLOB)
      WHEN 'blob' THEN quote(\(column)) ELSE \(column) END
    """
  }

  /// `seed_text(COLUMN)`: the text of a column; anything but UTF-8 text without U+0000 as an SQL
  /// blob literal.
  private static let text = DatabaseFunction("seed_text", argumentCount: 1, pure: true) { values in
    values.first.flatMap(exactText)
  }

  /// `seed_json(COLUMN)`: the value of a JSON column in canonical form.
  private static let json = DatabaseFunction("seed_json", argumentCount: 1, pure: true) { values in
    values.first.flatMap(exactText).map { JSONValue.stored($0).canonicalJSON }
  }

  /// `seed_json_type(COLUMN)`: the kind of JSON in a column; null if it is not JSON.
  private static let jsonType = DatabaseFunction(
    "seed_json_type", argumentCount: 1, pure: true
  ) { values in
    values.first.flatMap(exactText).flatMap(jsonType(of:))
  }

  /// The kind of JSON in a text: `array`, `object` or `scalar`; `nil` if it is not JSON.
  static func jsonType(of text: String) -> String? {
    switch try? JSONValue(json: text) {
    case .array: "array"
    case .object: "object"
    case .null, .bool, .number, .string: "scalar"
    case nil: nil
    }
  }

  /// `seed_capability(ID, CONFIG)`: a capability row in the form of a document, canonical.
  private static let capability = DatabaseFunction(
    "seed_capability", argumentCount: 2, pure: true
  ) { values in
    let texts = values.map(exactText)
    let entry: JSONValue = [
      "ref": .optional(texts[0]), "config": texts[1].map(JSONValue.stored) ?? .null,
    ]
    return entry.canonicalJSON
  }

  /// `seed_variant(...)`: a hash that distinguishes rows with different values.
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
