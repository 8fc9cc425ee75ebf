/// Where something stands in a text.
public struct SourcePlace: Sendable, Hashable {
  private let storedLine: Int32
  private let storedColumn: Int32

  /// The line, counted from 1.
  public var line: Int { Int(storedLine) }
  /// The column in Unicode scalars, counted from 1.
  public var column: Int { Int(storedColumn) }

  /// The place at a line and column, both counted from 1.
  public init(line: Int, column: Int) {
    storedLine = Int32(clamping: line)
    storedColumn = Int32(clamping: column)
  }

  /// The first character of a text.
  public static let start = SourcePlace(line: 1, column: 1)
}

/// A value as it was read from a JSON or YAML text, with the place of every part of it.
///
/// Both notations are read into this one shape, and one typed decoding serves both.
public struct SourceNode: Sendable {
  /// What a node holds.
  public enum Content: Sendable {
    /// The literal `null`.
    case null
    /// A literal `true` or `false`.
    case bool(Bool)
    /// A number, as written.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// An array.
    case array([SourceNode])
    /// An object, its keys all different.
    case object([Member])
  }

  /// One key of an object, with its value.
  public struct Member: Sendable {
    /// The key.
    public let key: String
    /// Where the key stands.
    public let keyPlace: SourcePlace
    /// What the key names.
    public let value: SourceNode
  }

  /// What the node holds.
  public let content: Content
  /// Where the node begins.
  public let place: SourcePlace

  /// The value without places.
  public var value: JSONValue {
    switch content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let number): .number(number)
    case .string(let text): .string(text)
    case .array(let elements): .array(elements.map(\.value))
    case .object(let members):
      .object(JSONObject(members.map { JSONObject.Member(key: $0.key, value: $0.value.value) }))
    }
  }
}

extension SourceNode {
  /// A value that came from no text, as if all of it stood at the start of one.
  package init(_ value: JSONValue) {
    place = .start
    content =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .number(let number): .number(number)
      case .string(let text): .string(text)
      case .array(let elements): .array(elements.map(SourceNode.init))
      case .object(let object):
        .object(
          object.members.map { member in
            Member(key: member.key, keyPlace: .start, value: SourceNode(member.value))
          })
      }
  }
}

/// What every text that is read must stay within, so that no input can take the machine.
public enum DocumentLimits {
  /// How deep arrays and objects may nest.
  public static let depth = 64
  /// How many levels a saved plan may have: its rows show values of a document inside arrays and
  /// objects of their own.
  public static let planDepth = 80
  /// How many values a document may hold, all levels together.
  ///
  /// A definition of 10,000 capabilities has about 200,000.
  public static let values = 2_000_000
  /// How many bytes a document may have.
  public static let bytes = 256 << 20
}
