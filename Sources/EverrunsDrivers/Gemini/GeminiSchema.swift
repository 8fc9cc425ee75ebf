import Everruns
import EverrunsDocuments

/// The part of JSON Schema that Gemini accepts for parameters: a subset of OpenAPI's schema object.
///
/// https://ai.google.dev/api/caching#Schema
enum GeminiSchema {
  /// The schema of a tool's arguments; `nil` for a tool without any, since an object without
  /// properties is refused.
  static func parameters(_ schema: JSONObject) -> JSONObject? {
    guard schema.object("properties")?.isEmpty == false else { return nil }
    return subset(of: schema)
  }

  private static func subset(of schema: JSONObject) -> JSONObject {
    var result = JSONObject()
    for member in schema.members {
      switch (member.key, member.value) {
      case ("properties", .object(let properties)):
        result["properties"] = .object(
          JSONObject(
            properties.members.map { JSONObject.Member(key: $0.key, value: value($0.value)) }))
      case ("items", _):
        result["items"] = value(member.value)
      case ("anyOf", .array(let choices)), ("oneOf", .array(let choices)):
        result = merging(choices, into: result)
      case ("type", .array(let types)):
        if types.contains("null") { result["nullable"] = true }
        result["type"] = types.first { $0 != "null" }
      case ("const", .string):
        result["enum"] = .array([member.value])
      case ("enum", .array(let words)):
        // Only strings can be enumerated.
        let isText = words.allSatisfy { if case .string = $0 { true } else { false } }
        result["enum"] = isText ? member.value : nil
      case ("format", .string(let format)) where !formats.contains(format): break
      case _ where kept.contains(member.key):
        result[member.key] = member.value
      default: break
      }
    }
    return result
  }

  private static func value(_ schema: JSONValue) -> JSONValue {
    // `true` and `false` are schemas too, and say nothing about the type.
    if case .object(let object) = schema { .object(subset(of: object)) } else { [:] }
  }

  /// The choices of `anyOf`; `null` among them becomes `nullable`, and a single other one takes the
  /// place of the choice.
  private static func merging(_ choices: [JSONValue], into schema: JSONObject) -> JSONObject {
    var result = schema
    let isNull = { (choice: JSONValue) in choice == ["type": "null"] }
    if choices.contains(where: isNull) { result["nullable"] = true }
    let others = choices.filter { !isNull($0) }.map(value)
    if others.count == 1, case .object(let only) = others[0] {
      for member in only.members {
        result[member.key] = member.value
      }
    } else {
      result["anyOf"] = .array(others)
    }
    return result
  }

  /// The formats that are accepted; any other one refuses the whole request.
  private static let formats: Set<String> = [
    "date-time", "double", "enum", "float", "int32", "int64",
  ]

  private static let kept: Set<String> = [
    "type", "format", "title", "description", "nullable", "required", "minItems", "maxItems",
    "minimum", "maximum", "minLength", "maxLength", "pattern", "minProperties", "maxProperties",
  ]
}
