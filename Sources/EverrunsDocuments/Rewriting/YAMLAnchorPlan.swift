/// Which aliases of a YAML text stay, and which are written out, when values around them change.
///
/// An alias stays as long as its anchor has the value that it needs. Otherwise the value is written
/// out in its place, with the anchor if later aliases need that value too.
struct YAMLAnchorPlan {
  /// An alias in whose place its value is written.
  struct WrittenAlias {
    let node: TextNode
    let parent: YAMLRewriter.Parent?
    let value: JSONValue
    /// The anchored value, whose style is kept.
    let model: TextNode
    /// The anchor, if it moves here.
    let anchor: Range<Int>?
  }

  private(set) var writtenAliases: [WrittenAlias] = []
  /// The anchors that moved or lost their last alias because their value changed.
  private(set) var droppedAnchors: Set<Range<Int>> = []

  /// The plan for a text whose value changes.
  init(
    _ bytes: [UInt8], _ root: TextNode, _ before: JSONValue, _ after: JSONValue,
    identifiedBy keys: [String], movesReferences: Bool
  ) {
    var walk = AnchorWalk(bytes: bytes, keys: keys, movesReferences: movesReferences)
    walk.visit(root, before, after, in: nil)
    for definition in walk.definitions { settle(definition) }
  }

  /// The anchors and aliases of a text whose values stay or move, and which are not all in the text
  /// after the change; each once, sorted.
  static func lostReferences(
    from bytes: [UInt8], _ before: JSONValue, to result: [UInt8], _ after: JSONValue,
    identifiedBy keys: [String]
  ) -> [String] {
    let scan = YAMLScanner(bytes)
    guard scan.tokens.contains(where: \.isReference),
      let root = YAMLTextNodes.root(of: scan, before)
    else { return [] }
    var walk = AnchorWalk(bytes: bytes, keys: keys, movesReferences: true)
    walk.visit(root, before, after, in: nil)
    var counts = walk.keptReferences
    for token in YAMLScanner(result).tokens where token.isReference {
      counts[result[token.range], default: 0] -= 1
    }
    return counts.filter { $0.value > 0 }.map { String(decoding: $0.key, as: UTF8.self) }.sorted()
  }

  private mutating func settle(_ definition: AnchorWalk.Definition) {
    // The value that the name has at an alias.
    var current = definition.after
    var isUsedHere = false
    let uses = definition.uses
    for (index, use) in uses.enumerated() {
      if let current, use.after == current {
        if current == definition.after { isUsedHere = true }
        continue
      }
      let moves =
        current == definition.after && definition.before != definition.after
        && use.after == definition.before
        && uses[(index + 1)...].contains { $0.after == definition.before }
      if moves { current = definition.before }
      writtenAliases.append(
        WrittenAlias(
          node: use.node, parent: use.parent, value: use.after, model: definition.node,
          anchor: moves ? definition.anchor : nil))
    }
    if definition.after != definition.before, !uses.isEmpty, !isUsedHere {
      droppedAnchors.insert(definition.anchor)
    }
  }
}

/// Finds the anchors of a text, and which of their aliases are left after a change.
private struct AnchorWalk {
  struct Use {
    let node: TextNode
    let parent: YAMLRewriter.Parent?
    let after: JSONValue
  }

  struct Definition {
    let node: TextNode
    let anchor: Range<Int>
    let before: JSONValue
    /// The value after the change; `nil` if the node is removed.
    let after: JSONValue?
    /// The aliases that are left, in order.
    var uses: [Use] = []
  }

  let bytes: [UInt8]
  let keys: [String]
  /// Whether entries that move keep their anchors and aliases.
  let movesReferences: Bool
  private(set) var definitions: [Definition] = []
  /// How often each anchor and alias is left, with its sign.
  private(set) var keptReferences: [ArraySlice<UInt8>: Int] = [:]
  /// The latest definition of each name.
  private var current: [ArraySlice<UInt8>: Int] = [:]

  init(bytes: [UInt8], keys: [String], movesReferences: Bool) {
    self.bytes = bytes
    self.keys = keys
    self.movesReferences = movesReferences
  }

  /// Visits a value; `after` is `nil` if it is removed.
  mutating func visit(
    _ node: TextNode, _ before: JSONValue, _ after: JSONValue?, in parent: YAMLRewriter.Parent?
  ) {
    if after != nil, let reference = node.form == .alias ? node.range : node.anchor {
      keptReferences[bytes[reference], default: 0] += 1
    }
    if node.form == .alias {
      if let after, let definition = current[bytes[node.range].dropFirst()] {
        definitions[definition].uses.append(Use(node: node, parent: parent, after: after))
      }
      return
    }
    visitEntries(of: node, before, after)
    if let anchor = node.anchor {
      current[bytes[anchor].dropFirst()] = definitions.count
      definitions.append(
        Definition(node: node, anchor: anchor, before: before, after: after))
    }
  }

  private mutating func visitEntries(
    of node: TextNode, _ before: JSONValue, _ after: JSONValue?
  ) {
    guard !node.entries.isEmpty else { return }
    let parts = before.parts
    var results: [JSONValue?] = Array(repeating: nil, count: parts.count)
    if before == after {
      results = parts
    } else if let after, let plan = node.plan(from: before, to: after, identifiedBy: keys) {
      for entry in plan.kept { results[entry.index] = entry.after }
      for addition in plan.added where movesReferences {
        if let origin = addition.origin { results[origin.index] = addition.value }
      }
    }
    for (index, entry) in node.entries.enumerated() where parts.indices.contains(index) {
      if let key = entry.key, let keyNode = entry.keyNode {
        let name = JSONValue.string(key)
        visit(keyNode, name, results[index].map { _ in name }, in: nil)
      }
      let parent = node.form == .lines ? YAMLRewriter.Parent(entry, in: bytes) : nil
      visit(entry.node, parts[index], results[index], in: parent)
    }
  }
}

extension JSONValue {
  /// The elements of an array, or the values of an object's members.
  fileprivate var parts: [JSONValue] {
    switch self {
    case .array(let elements): elements
    case .object(let object): object.members.map(\.value)
    case .null, .bool, .number, .string: []
    }
  }
}
