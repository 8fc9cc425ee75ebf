/// Edits a collection in brackets, of JSON or YAML, entry by entry.
struct FlowEdits {
  let bytes: [UInt8]
  let node: TextNode
  /// Writes a value over several lines with this indentation, or on one line for `nil`.
  let render: (JSONValue, _ indentation: [UInt8]?) -> [UInt8]
  let renderKey: (String) -> [UInt8]
  /// The text of an entry that moves, by its index, with the change of its value; `nil` to render its
  /// value.
  let move: (Int, JSONValue, JSONValue) -> [UInt8]?

  /// The edits of a plan that keeps at least one entry; kept entries are edited separately.
  func edits(of plan: EntryPlan) -> [TextEdit] {
    guard let lastKept = plan.kept.map(\.index).max() else { return [] }
    let entries = node.entries
    var edits = plan.removed.filter { $0 < lastKept }.map {
      TextEdit(range: entries[$0].start..<entries[$0 + 1].start, replacement: [])
    }
    if let last = entries.last, lastKept < entries.count - 1 {
      edits.append(
        TextEdit(
          range: entries[lastKept].node.range.upperBound..<last.node.range.upperBound,
          replacement: []))
    }
    let separator = separator
    for addition in plan.added {
      let text = text(of: addition)
      if let after = addition.after {
        let end = entries[after].node.range.upperBound
        edits.append(
          TextEdit(range: end..<end, replacement: [UInt8(ascii: ",")] + separator + text))
      } else {
        let start = entries[plan.kept[0].index].start
        edits.append(
          TextEdit(range: start..<start, replacement: text + [UInt8(ascii: ",")] + separator))
      }
    }
    return edits
  }

  private func text(of addition: EntryPlan.Addition) -> [UInt8] {
    if let origin = addition.origin,
      let text = move(origin.index, origin.before, addition.value)
    {
      return text
    }
    let value = render(addition.value, indentation)
    guard let key = addition.key else { return value }
    return renderKey(key) + colon + value
  }

  /// The text between two entries, without the comma.
  private var separator: [UInt8] {
    guard let first = node.entries.first else { return [] }
    let opening = Array(bytes[node.range.lowerBound + 1..<first.start])
    if opening.contains(where: \.endsYAMLLine) {
      return opening.allSatisfy(\.isBlankOrBreak) ? opening : [UInt8(ascii: " ")]
    }
    guard node.entries.count > 1 else { return [UInt8(ascii: " ")] }
    let end = node.entries[0].node.range.upperBound
    let between = bytes[end..<node.entries[1].start].drop { $0 != UInt8(ascii: ",") }.dropFirst()
    return between.allSatisfy(\.isBlankOrBreak) ? Array(between) : [UInt8(ascii: " ")]
  }

  /// The text between a key and its value.
  private var colon: [UInt8] {
    guard let member = node.entries.first(where: { $0.key != nil }) else {
      return Array(": ".utf8)
    }
    let blanks = bytes[member.signEnd..<max(member.signEnd, member.node.start)]
    return [UInt8(ascii: ":")] + (blanks.allSatisfy(\.isYAMLBlank) ? Array(blanks) : [])
  }

  /// The indentation of the entries' lines; `nil` if all are on one line.
  var indentation: [UInt8]? {
    guard let first = node.entries.first else { return nil }
    let opening = bytes[node.range.lowerBound..<first.start]
    guard let end = opening.lastIndex(where: \.endsYAMLLine) else { return nil }
    let blanks = bytes[(end + 1)..<first.start]
    return blanks.allSatisfy(\.isYAMLBlank) ? Array(blanks) : nil
  }
}

extension UInt8 {
  fileprivate var isBlankOrBreak: Bool { isYAMLBlank || endsYAMLLine }
}
