/// A value of a JSON or YAML text, with the byte ranges of it and its parts.
struct TextNode {
  /// The form of a value.
  enum Form {
    /// A scalar, on one or several lines.
    case scalar
    /// A literal or folded block of YAML.
    case block
    /// An alias of a value that is written elsewhere.
    case alias
    /// No text, which YAML reads as null.
    case empty
    /// A collection in brackets or braces.
    case flow
    /// A collection by YAML's indentation.
    case lines
  }

  /// A part of a collection.
  struct Entry {
    /// The start of its dash, key, or value.
    let start: Int
    /// The key of a member.
    let key: String?
    /// The end of the dash or the colon; in brackets the start of the value.
    let signEnd: Int
    let node: TextNode
  }

  let form: Form
  /// The bytes of the value, including its anchor and tag.
  let range: Range<Int>
  /// Whether it has an anchor or a tag.
  var hasProperties = false
  /// The parts of a collection, in order.
  var entries: [Entry] = []

  /// The end of its last part.
  var end: Int {
    guard form == .lines, let last = entries.last else { return range.upperBound }
    return max(last.node.end, last.signEnd)
  }
}
