/// A value of a JSON or YAML text, with the bytes that it and its parts take.
struct TextNode {
  /// How a value is written.
  enum Form {
    /// A scalar, in one line or several.
    case scalar
    /// A literal or folded block of YAML.
    case block
    /// An alias, which stands for a value that is written elsewhere.
    case alias
    /// Nothing, which YAML reads as null.
    case empty
    /// In brackets or braces.
    case flow
    /// In lines of its own, by YAML's indentation.
    case lines
  }

  /// A part of a collection.
  struct Entry {
    /// Where it begins: at its dash, its key, or its value.
    let start: Int
    /// The key of a member.
    let key: String?
    /// Where the dash or the colon ends; the start of the value in brackets.
    let signEnd: Int
    let node: TextNode
  }

  let form: Form
  /// The bytes of the value, with its anchor and tag.
  let range: Range<Int>
  /// Whether it has an anchor or a tag.
  var hasProperties = false
  /// The parts of a collection, in order.
  var entries: [Entry] = []

  /// Where the last of its parts ends.
  var end: Int {
    guard form == .lines, let last = entries.last else { return range.upperBound }
    return max(last.node.end, last.signEnd)
  }
}
