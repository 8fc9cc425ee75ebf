/// One part of a YAML text.
struct YAMLToken {
  enum Kind {
    /// `#` and the rest of the line.
    case comment
    /// A scalar without quotes, of one line or several.
    case plain
    /// A scalar in single quotes.
    case singleQuoted
    /// A scalar in double quotes.
    case doubleQuoted
    /// A literal or folded block with its header, up to the end of its last line.
    case block
    /// `&name`.
    case anchor
    /// `*name`.
    case alias
    /// `!tag`.
    case tag
    /// The `-` of an item.
    case dash
    /// The `?` of a key in its long form.
    case question
    /// The `:` before a value.
    case colon
    /// `[` or `{`.
    case flowStart
    /// `]` or `}`.
    case flowEnd
    /// The `,` between parts of a flow collection.
    case comma
    /// `---` or `...`.
    case documentMark
    /// `%` and the rest of the line.
    case directive
    /// A character with which nothing can begin.
    case other
  }

  let kind: Kind
  /// The bytes of the part.
  let range: Range<Int>
  /// Whether it is inside of brackets.
  let isInFlow: Bool
  /// Whether it is a scalar that a colon makes a key.
  var isKey = false
  /// For a block: how far its lines are indented.
  var blockColumn = 0

  /// Whether it is an anchor or an alias.
  var isReference: Bool { kind == .anchor || kind == .alias }

  /// Whether it is a scalar with text of its own, which an alias has not.
  var isScalar: Bool {
    switch kind {
    case .plain, .singleQuoted, .doubleQuoted, .block: true
    default: false
    }
  }
}

extension UInt8 {
  /// Whether the byte ends a line.
  var endsYAMLLine: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
  /// Whether the byte separates parts of a line.
  var isYAMLBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  /// Whether the byte separates the parts of a flow collection.
  var isYAMLFlowIndicator: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
