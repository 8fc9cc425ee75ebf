/// Finds the byte range of each value in a JSON text that has already been read.
struct JSONTextNodes {
  private let bytes: [UInt8]
  private var index = 0

  /// The node of a text; `nil` if it does not match the read value.
  static func root(of bytes: [UInt8], _ value: JSONValue) -> TextNode? {
    var walk = JSONTextNodes(bytes: bytes)
    return walk.node(value)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func node(_ value: JSONValue) -> TextNode? {
    skipWhiteSpace()
    let start = index
    switch value {
    case .array(let elements):
      return collection(from: start, count: elements.count) { walk, position in
        let start = walk.index
        return walk.node(elements[position]).map {
          TextNode.Entry(start: start, key: nil, signEnd: start, node: $0)
        }
      }
    case .object(let object):
      let members = object.members
      return collection(from: start, count: members.count) { walk, position in
        let start = walk.index
        walk.passString()
        walk.skipWhiteSpace()
        guard walk.pass(UInt8(ascii: ":")) else { return nil }
        let end = walk.index
        return walk.node(members[position].value).map {
          TextNode.Entry(start: start, key: members[position].key, signEnd: end, node: $0)
        }
      }
    case .string: passString()
    case .null, .bool, .number:
      while index < bytes.count, !isEndOfWord(bytes[index]) { index += 1 }
    }
    return TextNode(form: .scalar, range: start..<index)
  }

  private mutating func collection(
    from start: Int, count: Int,
    _ entry: (inout JSONTextNodes, Int) -> TextNode.Entry?
  ) -> TextNode? {
    index += 1
    var entries: [TextNode.Entry] = []
    for position in 0..<count {
      if position > 0 {
        skipWhiteSpace()
        guard pass(UInt8(ascii: ",")) else { return nil }
      }
      skipWhiteSpace()
      guard let entry = entry(&self, position) else { return nil }
      entries.append(entry)
    }
    skipWhiteSpace()
    guard pass(UInt8(ascii: "]")) || pass(UInt8(ascii: "}")) else { return nil }
    return TextNode(form: .flow, range: start..<index, entries: entries)
  }

  private mutating func pass(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func passString() {
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index = min(index + 1, bytes.count)
  }

  private mutating func skipWhiteSpace() {
    while index < bytes.count, bytes[index].isYAMLBlank || bytes[index].endsYAMLLine { index += 1 }
  }

  private func isEndOfWord(_ byte: UInt8) -> Bool {
    byte.isYAMLBlank || byte.endsYAMLLine || byte.isYAMLFlowIndicator
  }
}
