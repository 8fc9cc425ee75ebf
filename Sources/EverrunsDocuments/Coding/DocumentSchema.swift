/// The shape of a value in a document, as data.
package indirect enum DocumentSchema: Sendable {
  /// A string.
  case text
  /// A string that is an identifier with a grammar.
  case identifier(IdentifierGrammar)
  /// One of these strings.
  case choice([String])
  /// A boolean.
  case bool
  /// An integer.
  case integer
  /// Any number.
  case number
  /// This integer only.
  case constant(Int)
  /// Only `null`.
  case null
  /// An object with any content.
  case anyObject
  /// An array.
  case list(DocumentSchema)
  /// A value, or `null` for its absence.
  case nullable(DocumentSchema)
  /// Any of these shapes.
  case either([DocumentSchema])
  /// An object with these fields.
  case object(noun: String, fields: [Field], condition: Condition?)

  /// The words that the value, or an entry of it, can be; empty if it can be anything else.
  var choices: [String] {
    switch self {
    case .choice(let words): words
    case .list(let schema), .nullable(let schema): schema.choices
    default: []
    }
  }

  /// A key of an object.
  package struct Field: Sendable {
    package let key: String
    package let isRequired: Bool
    package let schema: DocumentSchema
    /// The purpose of the key, one sentence.
    package let summary: String?
    /// The value that stands for a missing key; `nil` if it is required.
    package let defaultValue: JSONValue?

    /// A key of these parts.
    package init(
      key: String, isRequired: Bool, schema: DocumentSchema, summary: String? = nil,
      defaultValue: JSONValue? = nil
    ) {
      self.key = key
      self.isRequired = isRequired
      self.schema = schema
      self.summary = summary
      self.defaultValue = defaultValue
    }
  }

  /// A field that must be `null` if another field has a certain value.
  package struct Condition: Sendable {
    /// The other field.
    package let key: String
    /// Its value.
    package let value: String
    /// The field that must then be `null`.
    package let absent: String

    /// Creates a condition.
    package init(key: String, value: String, absent: String) {
      self.key = key
      self.value = value
      self.absent = absent
    }
  }
}

extension DocumentSchema {
  /// An object that always has these keys.
  package static func object(
    _ noun: String, _ fields: [(String, DocumentSchema)]
  ) -> DocumentSchema {
    .object(
      noun: noun, fields: fields.map { Field(key: $0.0, isRequired: true, schema: $0.1) },
      condition: nil)
  }

  /// The shape as a JSON Schema, draft 2020-12.
  package var document: JSONObject {
    switch self {
    case .text: ["type": "string"]
    case .identifier(let grammar): Self.identifier(grammar)
    case .choice(let words): ["type": "string", "enum": .strings(words)]
    case .bool: ["type": "boolean"]
    case .integer: ["type": "integer"]
    case .number: ["type": "number"]
    case .constant(let number): ["const": .integer(number)]
    case .null: ["type": "null"]
    case .anyObject: ["type": "object"]
    case .list(let element): ["type": "array", "items": .object(element.document)]
    case .nullable(let schema): Self.anyOf([schema.document, ["type": "null"]])
    case .either(let schemas): Self.anyOf(schemas.map(\.document))
    case .object(let noun, let fields, let condition): Self.object(noun, fields, condition)
    }
  }

  private static func anyOf(_ schemas: [JSONObject]) -> JSONObject {
    ["anyOf": .array(schemas.map(JSONValue.object))]
  }

  private static func identifier(_ grammar: IdentifierGrammar) -> JSONObject {
    [
      "type": "string", "pattern": .string("^\(grammar.expression)$"),
      "maxLength": .integer(grammar.maximumLength),
      // In some regular expression dialects `$` also matches before a trailing newline.
      "not": ["pattern": "\n"],
    ]
  }

  private static func object(
    _ noun: String, _ fields: [Field], _ condition: Condition?
  ) -> JSONObject {
    var object: JSONObject = [
      "title": .string(noun), "type": "object",
      "properties": .object(
        JSONObject(
          fields.map { field in
            var schema = field.schema.document
            schema["description"] = field.summary.map(JSONValue.string)
            schema["default"] = field.defaultValue
            return (field.key, .object(schema))
          })),
    ]
    let required = fields.filter(\.isRequired).map(\.key)
    if !required.isEmpty {
      object["required"] = .strings(required)
    }
    object["additionalProperties"] = false
    if let condition {
      object["if"] = [
        "properties": .object([condition.key: ["const": .string(condition.value)]]),
        "required": .strings([condition.key]),
      ]
      object["then"] = ["properties": .object([condition.absent: ["type": "null"]])]
    }
    return object
  }
}

extension DocumentSchema {
  /// The shape as a complete schema, which names its dialect.
  package var draft: JSONValue {
    var schema: JSONObject = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
    schema.merge(document)
    return .object(schema)
  }
}
