import EverrunsDocuments
import GRDB

/// The functions that a comparison adds to SQL.
enum ComparisonFunctions {
  /// Makes them known to a connection.
  static func add(to db: Database) {
    db.add(function: json)
    db.add(function: capability)
    db.add(function: variant)
  }

  /// `seed_json(TEXT)`: the value of a JSON column, written in one way.
  private static let json = DatabaseFunction("seed_json", argumentCount: 1, pure: true) { values in
    values.first.flatMap(String.fromDatabaseValue).map { JSONValue.stored($0).canonicalJSON }
  }

  /// `seed_capability(ID, CONFIG)`: a row of capabilities as a document has it, written in one way.
  private static let capability = DatabaseFunction(
    "seed_capability", argumentCount: 2, pure: true
  ) { values in
    let texts = values.map(String.fromDatabaseValue)
    let entry: JSONValue = [
      "ref": .optional(texts[0]), "config": texts[1].map(JSONValue.stored) ?? .null,
    ]
    return entry.canonicalJSON
  }

  /// `seed_variant(...)`: what tells rows apart that hold different values, at the length of a
  /// hash.
  private static let variant = DatabaseFunction("seed_variant", pure: true) { values in
    Fingerprint(of: .array(values.map { .optional(String.fromDatabaseValue($0)) })).short
  }
}
