/// Finds the byte range of each value in a YAML text, from its tokens and the read value.
struct YAMLTextNodes {
  private let bytes: [UInt8]
  private let tokens: [YAMLToken]
  private var index = 0

  /// The node of a text; `nil` if tokens and value do not match.
  static func root(of scan: YAMLScanner, _ value: JSONValue) -> TextNode? {
    var walk = YAMLTextNodes(scan)
    return walk.node(value, after: 0)
  }

  private init(_ scan: YAMLScanner) {
    bytes = scan.bytes
    tokens = scan.tokens.filter {
      switch $0.kind {
      case .comment, .documentMark, .directive: false
      default: true
      }
    }
  }

  private var next: YAMLToken? { tokens.indices.contains(index) ? tokens[index] : nil }

  private var following: YAMLToken? {
    tokens.indices.contains(index + 1) ? tokens[index + 1] : nil
  }

  private mutating func pass(_ kind: YAMLToken.Kind) -> YAMLToken? {
    guard let token = next, token.kind == kind else { return nil }
    index += 1
    return token
  }

  /// The node of a value; an unwritten null is at `position`, or after its anchor and tag.
  private mutating func node(_ value: JSONValue, after position: Int) -> TextNode? {
    // An alias with a colon is the first key of a mapping.
    if next?.kind == .alias, following?.kind != .colon, let alias = pass(.alias) {
      return TextNode(form: .alias, range: alias.range)
    }
    let properties = passProperties(of: value)
    let node: TextNode?
    if case .null = value, isEmpty {
      let end = properties.end ?? position
      node = TextNode(form: .empty, range: end..<end)
    } else {
      node = content(value)
    }
    guard var node else { return nil }
    node.anchor = properties.anchor
    node.tag = properties.tag
    return node
  }

  private struct Properties {
    var anchor: Range<Int>?
    var tag: Range<Int>?
    var end: Int?
  }

  /// Passes anchors and tags; those on the line of a mapping's first key belong to the key.
  private mutating func passProperties(of value: JSONValue) -> Properties {
    var properties = Properties()
    while let token = next, token.kind == .anchor || token.kind == .tag {
      if case .object = value, isOnLineOfKey { break }
      index += 1
      if token.kind == .anchor {
        properties.anchor = token.range
      } else {
        properties.tag = token.range
      }
      properties.end = token.range.upperBound
    }
    return properties
  }

  /// Whether a property is followed by a key on its line.
  private var isOnLineOfKey: Bool {
    guard let first = next,
      let key = tokens[index...].first(where: { $0.kind != .anchor && $0.kind != .tag }),
      key.kind != .flowStart
    else { return false }
    return !bytes[first.range.upperBound..<key.range.lowerBound].contains(where: \.endsYAMLLine)
  }

  /// Whether a null has no text of its own.
  private var isEmpty: Bool {
    guard let token = next else { return true }
    switch token.kind {
    case .anchor, .alias, .tag: return false
    case .plain:
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      return token.isKey || !["~", "null", "Null", "NULL"].contains(text)
    default: return true
    }
  }

  private mutating func content(_ value: JSONValue) -> TextNode? {
    guard let first = next else { return nil }
    let start = first.range.lowerBound
    switch value {
    case .array(let elements):
      if first.kind == .flowStart { return flow(from: start, elements.map { (nil, $0) }) }
      return lines(from: start, elements.map { (nil, $0) })
    case .object(let object):
      let members = object.members.map { (Optional($0.key), $0.value) }
      return first.kind == .flowStart ? flow(from: start, members) : lines(from: start, members)
    case .null, .bool, .number, .string:
      guard first.isScalar else { return nil }
      index += 1
      return TextNode(
        form: first.kind == .block ? .block : .scalar, range: start..<endOfText(first))
    }
  }

  private mutating func flow(
    from start: Int, _ parts: [(key: String?, value: JSONValue)]
  ) -> TextNode? {
    index += 1
    var entries: [TextNode.Entry] = []
    for (position, part) in parts.enumerated() {
      if position > 0 { guard pass(.comma) != nil else { return nil } }
      guard let entry = entry(part.key, part.value, isInFlow: true) else { return nil }
      entries.append(entry)
    }
    _ = pass(.comma)
    guard let end = pass(.flowEnd) else { return nil }
    return TextNode(form: .flow, range: start..<end.range.upperBound, entries: entries)
  }

  private mutating func lines(
    from start: Int, _ parts: [(key: String?, value: JSONValue)]
  ) -> TextNode? {
    var entries: [TextNode.Entry] = []
    for part in parts {
      guard let entry = entry(part.key, part.value, isInFlow: false) else { return nil }
      entries.append(entry)
    }
    guard let last = entries.last else { return nil }
    return TextNode(
      form: .lines, range: start..<max(last.node.range.upperBound, last.signEnd),
      entries: entries)
  }

  private mutating func entry(
    _ key: String?, _ value: JSONValue, isInFlow: Bool
  ) -> TextNode.Entry? {
    guard let first = next else { return nil }
    let start = first.range.lowerBound
    guard let key else {
      if isInFlow {
        return node(value, after: start).map {
          TextNode.Entry(start: start, key: nil, signEnd: start, node: $0)
        }
      }
      guard let dash = pass(.dash) else { return nil }
      let end = dash.range.upperBound
      return node(value, after: end).map {
        TextNode.Entry(start: start, key: nil, signEnd: end, node: $0)
      }
    }
    _ = pass(.question)
    let properties = passProperties(of: .string(key))
    guard let name = next, name.isScalar || name.kind == .alias else { return nil }
    index += 1
    let end = pass(.colon)?.range.upperBound ?? name.range.upperBound
    let keyNode = TextNode(
      form: name.kind == .alias ? .alias : .scalar, range: name.range,
      anchor: properties.anchor, tag: properties.tag)
    return node(value, after: end).map {
      TextNode.Entry(start: start, key: key, keyNode: keyNode, signEnd: end, node: $0)
    }
  }

  /// The end of a scalar's text: for a block, after the last significant line.
  private func endOfText(_ token: YAMLToken) -> Int {
    guard token.kind == .block else { return token.range.upperBound }
    let header = bytes[token.range].prefix { !$0.endsYAMLLine && $0 != UInt8(ascii: "#") }
    if header.contains(UInt8(ascii: "+")) { return token.range.upperBound }
    guard
      let last = bytes[token.range].lastIndex(where: { !$0.isYAMLBlank && !$0.endsYAMLLine })
    else { return token.range.upperBound }
    let end = bytes[last..<token.range.upperBound].firstIndex { $0 == UInt8(ascii: "\n") }
    return end.map { $0 + 1 } ?? token.range.upperBound
  }
}
