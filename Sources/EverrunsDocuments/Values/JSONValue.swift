/// A JSON value that keeps what other representations lose: the digits of its numbers, and the
/// order of its keys.
///
/// Two values are equal when a program that compares bytes would call them equal: strings by
/// their UTF-8, not by canonical equivalence, and numbers as they were written (`1.0` differs
/// from `1`).
public enum JSONValue: Sendable, Hashable {
  /// The literal `null`.
  case null
  /// A literal `true` or `false`.
  case bool(Bool)
  /// A number, as written.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object.
  case object(JSONObject)

  /// Whether both are the same bytes.
  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a.hasSameBytes(as: b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
    }
  }

  /// A number made from an integer.
  public static func integer(_ value: Int) -> JSONValue {
    .number(JSONNumber(value))
  }

  /// A string, or `null` where there is none.
  public static func optional(_ text: String?) -> JSONValue {
    text.map(JSONValue.string) ?? .null
  }

  /// An array of strings.
  public static func strings(_ texts: some Sequence<String>) -> JSONValue {
    .array(texts.map(JSONValue.string))
  }

  /// The same value with the keys of every object in it sorted by their UTF-8, so that the order
  /// in which somebody wrote them does not matter.
  public var sortingKeys: JSONValue {
    switch self {
    case .null, .bool, .number, .string: self
    case .array(let elements): .array(elements.map(\.sortingKeys))
    case .object(let object): .object(object.sortingKeys)
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A literal `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object, its keys in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements.map { JSONObject.Member(key: $0, value: $1) }))
  }
  /// The literal `null`.
  public init(nilLiteral: ()) { self = .null }
}

/// A JSON number, held as the text it was written as.
public struct JSONNumber: Sendable, Hashable {
  /// The number's text, in the grammar of RFC 8259, section 6.
  public let literal: String

  /// A number from an integer.
  public init(_ value: Int) {
    literal = String(value)
  }

  /// A number from a floating-point number; `nil` for an infinity and for what is not a number.
  ///
  /// A whole number is written without a fraction, anything else with as few digits as tell it from
  /// its neighbors.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      self.init(whole)
    } else {
      self.init(uncheckedLiteral: "\(value)")
    }
  }

  /// A number whose text a reader has already checked.
  init(uncheckedLiteral literal: String) {
    self.literal = literal
  }

  /// The number as an integer; `nil` where it has a fraction, an exponent, or too many digits.
  public var integer: Int? { Int(literal) }
}

/// The members of a JSON object, in order.
public struct JSONObject: Sendable, Hashable {
  /// One key with its value.
  public struct Member: Sendable, Hashable {
    /// The key, unique in its object.
    public let key: String
    /// What the key names.
    public var value: JSONValue

    /// A member from its two parts.
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }

    /// Whether both are the same bytes.
    public static func == (a: Member, b: Member) -> Bool {
      a.key.hasSameBytes(as: b.key) && a.value == b.value
    }
  }

  /// The members, in order.
  public private(set) var members: [Member]

  /// An object of these members, whose keys must differ.
  public init(_ members: [Member] = []) {
    self.members = members
  }

  /// Whether there is no member.
  public var isEmpty: Bool { members.isEmpty }

  /// The value of a key; setting appends a new key at the end, and `nil` removes.
  public subscript(key: String) -> JSONValue? {
    get { members.first { $0.key.hasSameBytes(as: key) }?.value }
    set {
      let index = members.firstIndex { $0.key.hasSameBytes(as: key) }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }

  /// The same members sorted by key, also inside their values.
  public var sortingKeys: JSONObject {
    JSONObject(
      members
        .map { Member(key: $0.key, value: $0.value.sortingKeys) }
        .sorted { $0.key.precedesInBytes($1.key) })
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object, its keys in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements.map { Member(key: $0, value: $1) })
  }
}

extension String {
  /// Whether both texts are the same bytes.
  ///
  /// `==` also calls composed and decomposed letters equal, which a database and a fingerprint do
  /// not.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// Whether this text comes first in the order of UTF-8 bytes, which is that of code points.
  package func precedesInBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
