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

  private mutating func pass(_ kind: YAMLToken.Kind) -> YAMLToken? {
    guard let token = next, token.kind == kind else { return nil }
    index += 1
    return token
  }

  /// The node of a value; an unwritten null is at `position`.
  private mutating func node(_ value: JSONValue, after position: Int) -> TextNode? {
    if case .null = value, isEmpty { return TextNode(form: .empty, range: position..<position) }
    guard let start = next?.range.lowerBound else { return nil }
    if let alias = pass(.alias) { return TextNode(form: .alias, range: alias.range) }
    var hasProperties = false
    while pass(.anchor) ?? pass(.tag) != nil { hasProperties = true }
    guard var node = content(value, from: start) else { return nil }
    node.hasProperties = hasProperties
    return node
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

  private mutating func content(_ value: JSONValue, from start: Int) -> TextNode? {
    guard let first = next else { return nil }
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
    while pass(.anchor) ?? pass(.tag) != nil {}
    guard let name = next, name.isScalar || name.kind == .alias else { return nil }
    index += 1
    let end = pass(.colon)?.range.upperBound ?? name.range.upperBound
    return node(value, after: end).map {
      TextNode.Entry(start: start, key: key, signEnd: end, node: $0)
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
