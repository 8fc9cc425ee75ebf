/// The interpretation of an unquoted YAML scalar.
///
/// YAML 1.2's core schema, made exact: a number is a JSON number. Forms that YAML 1.1 interprets
/// differently are not guessed.
enum YAMLScalar {
  /// The interpretation of a plain scalar.
  enum Meaning {
    /// All readers agree.
    case agreed(SourceNode.Content)
    /// Readers disagree whether it is text.
    case ambiguous(ScalarAmbiguity)
    /// A number for all readers, in a form that JSON does not have.
    ///
    /// `decimal` is its form in JSON, if there is one.
    case notJSON(decimal: String?)
  }

  /// The interpretation of a plain scalar.
  static func meaning(ofPlain text: String) -> Meaning {
    let content = content(ofTagged: text)
    switch content {
    case .number(let number) where !number.isNumberInYAML11: return .ambiguous(.number)
    case .string: break
    default: return .agreed(content)
    }
    switch text.utf8.first ?? 0 {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      return YAMLNumberForms.meaning(text)
    case UInt8(ascii: "="):
      return text.utf8.count == 1 ? .ambiguous(.other) : .agreed(content)
    default:
      return booleansOfYAML11.contains(text) ? .ambiguous(.boolean) : .agreed(content)
    }
  }

  /// The value of a scalar with a type tag: readers then agree on all forms that JSON has.
  static func content(ofTagged text: String) -> SourceNode.Content {
    switch text {
    case "", "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .bool(true)
    case "false", "False", "FALSE": .bool(false)
    default: JSONNumber(literal: text).map(SourceNode.Content.number) ?? .string(text)
    }
  }

  /// Whether a plain key is text: not another type for every reader, nor a number for some.
  static func isText(_ text: String) -> Bool {
    switch meaning(ofPlain: text) {
    case .agreed(.string), .ambiguous(.boolean), .ambiguous(.date), .ambiguous(.other): true
    case .agreed, .ambiguous(.number), .notJSON: false
    }
  }

  /// The booleans of YAML 1.1 (yaml.org/type/bool.html) that YAML 1.2 does not have.
  private static let booleansOfYAML11: Set<String> = [
    "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off",
    "OFF",
  ]
}

extension JSONNumber {
  /// Whether YAML 1.1 takes the plain text for a number: it has no exponent, or one with a sign
  /// behind a fraction (yaml.org/type/float.html).
  var isNumberInYAML11: Bool {
    guard let exponent = literal.utf8.firstIndex(where: { "eE".utf8.contains($0) }) else {
      return true
    }
    let sign = literal.utf8[literal.utf8.index(after: exponent)...].first
    return literal.utf8[..<exponent].contains(UInt8(ascii: "."))
      && (sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"))
  }
}
