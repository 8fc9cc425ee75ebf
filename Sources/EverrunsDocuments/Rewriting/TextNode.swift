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
    /// The text of the key in YAML.
    var keyNode: TextNode?
    /// The end of the dash or the colon; in brackets the start of the value.
    let signEnd: Int
    let node: TextNode
  }

  let form: Form
  /// The bytes of the value, without its anchor and tag.
  let range: Range<Int>
  /// The bytes of its anchor: `&name`.
  var anchor: Range<Int>?
  /// The bytes of its tag: `!!str`.
  var tag: Range<Int>?
  /// The parts of a collection, in order.
  var entries: [Entry] = []

  /// The start of the value, including its anchor and tag.
  var start: Int {
    min(range.lowerBound, anchor?.lowerBound ?? .max, tag?.lowerBound ?? .max)
  }

  /// The end of its anchor and tag.
  var propertiesEnd: Int? {
    guard anchor != nil || tag != nil else { return nil }
    return max(anchor?.upperBound ?? 0, tag?.upperBound ?? 0)
  }

  /// The end of its last part.
  var end: Int {
    guard form == .lines, let last = entries.last else { return range.upperBound }
    return max(last.node.end, last.signEnd)
  }

  /// How its entries change one by one; `nil` if it is replaced as a whole.
  func plan(
    from before: JSONValue, to after: JSONValue, identifiedBy keys: [String]
  ) -> EntryPlan? {
    guard form == .flow || form == .lines,
      let plan = EntryPlan(from: before, to: after, identifiedBy: keys), !plan.kept.isEmpty
    else { return nil }
    return plan
  }
}
