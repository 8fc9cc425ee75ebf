import Yams

/// Converts Yams's tree of a YAML text into a `SourceNode`.
///
/// Aliases are resolved here, not by Yams: in the text it gets, each `*` is masked, so aliases
/// arrive as plain scalars. A repeated part is shared, and counted before it is used, so that a
/// document of a few lines cannot expand to a billion values.
struct YAMLConverter {
  /// How much aliases may add to a document, far more than people do by hand.
  private static let aliasedValuesLimit = 100_000
  private static let aliasedBytesLimit = 16 << 20

  private struct Anchored {
    let node: SourceNode
    let extent: Extent
    /// The depth of the node.
    let height: Int
  }

  /// The number of converted values, including repetitions by aliases.
  private struct Extent {
    var values = 0
    var bytes = 0
  }

  private let mask: YAMLMask
  private var keys = JSONKeyChecker()
  private var anchors: [ExactText: Anchored] = [:]
  private var extent = Extent()
  private var aliased = Extent()
  /// The deepest level since this was last reset, to find the height of an anchored node.
  private var deepest = 0

  init(_ mask: YAMLMask) {
    self.mask = mask
  }

  /// The value of a node at a depth.
  mutating func convert(_ node: Node, depth: Int = 0) throws(DocumentSyntaxError) -> SourceNode {
    let place = mask.original(SourcePlace(node.mark))
    if let name = try alias(node, at: place) {
      return try repeated(name, depth: depth, at: place)
    }
    guard let anchor = node.anchor.flatMap({ Int($0.rawValue) }) else {
      return try content(of: node, depth: depth, at: place)
    }
    let before = extent
    let deepestBefore = deepest
    deepest = depth
    let result = try content(of: node, depth: depth, at: place)
    anchors[ExactText(mask.anchors[anchor])] = Anchored(
      node: result,
      extent: Extent(values: extent.values - before.values, bytes: extent.bytes - before.bytes),
      height: deepest - depth)
    deepest = max(deepest, deepestBefore)
    return result
  }
}

// MARK: - Collections

extension YAMLConverter {
  private mutating func content(
    of node: Node, depth: Int, at place: SourcePlace
  ) throws(DocumentSyntaxError) -> SourceNode {
    try count(Extent(values: 1), at: place)
    switch node {
    case .scalar(let scalar):
      return try content(of: scalar, at: place)
    case .sequence(let sequence):
      try checkTag(sequence.tag, is: .seq, at: place)
      try enter(depth + 1, at: place)
      var elements: [SourceNode] = []
      elements.reserveCapacity(sequence.count)
      for element in sequence { elements.append(try convert(element, depth: depth + 1)) }
      return SourceNode(content: .array(elements), place: place)
    case .mapping(let mapping):
      try checkTag(mapping.tag, is: .map, at: place)
      try enter(depth + 1, at: place)
      var members: [SourceNode.Member] = []
      members.reserveCapacity(mapping.count)
      let mark = keys.beginObject()
      for (key, value) in mapping {
        let member = try member(key, value, depth: depth + 1)
        if let first = keys.insert(member.key, after: members, mark) {
          throw DocumentSyntaxError(
            .duplicateKey(member.key, first: members[first].keyPlace), at: member.keyPlace)
        }
        members.append(member)
      }
      keys.endObject(mark)
      return SourceNode(content: .object(members), place: place)
    case .alias(let alias):
      // The parser creates no such nodes; they are for trees to be written.
      throw DocumentSyntaxError(.undefinedAlias(alias.anchor.rawValue), at: place)
    }
  }

  private mutating func member(
    _ key: Node, _ value: Node, depth: Int
  ) throws(DocumentSyntaxError) -> SourceNode.Member {
    let place = mask.original(SourcePlace(key.mark))
    guard case .scalar(let scalar) = key else {
      throw DocumentSyntaxError(.keyNotString(nil), at: place)
    }
    let text: String
    if let name = try alias(key, at: place) {
      guard case .string(let repeated) = try repeated(name, depth: depth, at: place).content else {
        throw DocumentSyntaxError(.keyNotString("*" + name), at: place)
      }
      text = repeated
    } else {
      text = mask.removed(from: scalar.string)
      try checkKey(scalar, text, at: place)
    }
    // A value further down may repeat an anchored key.
    if key.anchor != nil { _ = try convert(key, depth: depth) }
    return SourceNode.Member(
      key: text, keyPlace: place, value: try convert(value, depth: depth))
  }

  private func checkKey(
    _ scalar: Node.Scalar, _ text: String, at place: SourcePlace
  ) throws(DocumentSyntaxError) {
    if scalar.style == .plain {
      if text == "<<" { throw DocumentSyntaxError(.mergeKey, at: place) }
      // Yams has already resolved plain keys to `!!str`, so the tag of the node tells nothing.
      // A tag that was written appears in the text.
      guard YAMLScalar.isText(text) || mask.hasTag(at: place) else {
        throw DocumentSyntaxError(.keyNotString(text), at: place)
      }
    }
    guard scalar.tag.isOneOf(.implicit, .str) else {
      throw DocumentSyntaxError(.keyNotString(text), at: place)
    }
  }

  private mutating func enter(
    _ depth: Int, at place: SourcePlace
  ) throws(DocumentSyntaxError) {
    guard depth <= DocumentLimits.depth else {
      throw DocumentSyntaxError(.tooDeep(limit: DocumentLimits.depth), at: place)
    }
    deepest = max(deepest, depth)
  }

  private mutating func count(
    _ more: Extent, at place: SourcePlace
  ) throws(DocumentSyntaxError) {
    extent.values += more.values
    extent.bytes += more.bytes
    guard extent.values <= DocumentLimits.values else {
      throw DocumentSyntaxError(.tooManyValues(limit: DocumentLimits.values), at: place)
    }
  }
}

// MARK: - Scalars

extension YAMLConverter {
  private mutating func content(
    of scalar: Node.Scalar, at place: SourcePlace
  ) throws(DocumentSyntaxError) -> SourceNode {
    let text = mask.removed(from: scalar.string)
    extent.bytes += text.utf8.count
    let string = SourceNode(content: .string(text), place: place)
    // The tag `!` makes a plain scalar a string (YAML 1.2, section 10.3.2).
    if scalar.tag.isOneOf(.str, .nonSpecific) { return string }
    if scalar.tag.isOneOf(.implicit) {
      guard scalar.style == .plain else { return string }
      switch YAMLScalar.meaning(ofPlain: text) {
      case .agreed(let content): return SourceNode(content: content, place: place)
      case .ambiguous(let ambiguity):
        return SourceNode(content: .string(text), place: place, ambiguity: ambiguity)
      case .notJSON(let decimal):
        throw DocumentSyntaxError(.numberNotInJSON(text, decimal: decimal), at: place)
      }
    }
    switch YAMLScalar.content(ofTagged: text) {
    case .null where scalar.tag.isOneOf(.null): return SourceNode(content: .null, place: place)
    case .bool(let value) where scalar.tag.isOneOf(.bool):
      return SourceNode(content: .bool(value), place: place)
    case .number(let number) where scalar.tag.isOneOf(.float):
      return SourceNode(content: .number(number), place: place)
    case .number(let number) where scalar.tag.isOneOf(.int) && number.isWhole:
      return SourceNode(content: .number(number), place: place)
    default: break
    }
    let tag = scalar.tag.shortName
    throw DocumentSyntaxError(
      scalar.tag.isOneOf(.null, .bool, .int, .float)
        ? .tagMismatch(tag: tag, text: text) : .unsupportedTag(tag),
      at: place)
  }

  private func checkTag(
    _ tag: Tag, is expected: Tag.Name, at place: SourcePlace
  ) throws(DocumentSyntaxError) {
    guard tag.isOneOf(.implicit, .nonSpecific, expected) else {
      throw DocumentSyntaxError(.unsupportedTag(tag.shortName), at: place)
    }
  }
}

// MARK: - Aliases

extension YAMLConverter {
  /// The name, if the node is an alias.
  ///
  /// A plain scalar cannot begin with `*`, so this is an alias, or an error that the parser missed
  /// because of the mask.
  private func alias(
    _ node: Node, at place: SourcePlace
  ) throws(DocumentSyntaxError) -> String? {
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      let name = mask.alias(scalar.string)
    else { return nil }
    guard !name.isEmpty, !name.hasPrefix("*"),
      name.unicodeScalars.allSatisfy({ !$0.properties.isWhitespace })
    else {
      throw DocumentSyntaxError(.reservedIndicator("*"), at: place)
    }
    guard scalar.anchor == nil, scalar.tag.isOneOf(.implicit, .nonSpecific, .str) else {
      throw DocumentSyntaxError(.yamlSyntax("an alias takes no tag and no anchor"), at: place)
    }
    return name
  }

  private mutating func repeated(
    _ name: String, depth: Int, at place: SourcePlace
  ) throws(DocumentSyntaxError) -> SourceNode {
    guard let anchored = anchors[ExactText(name)] else {
      throw DocumentSyntaxError(.undefinedAlias(name), at: place)
    }
    aliased.values += anchored.extent.values
    aliased.bytes += anchored.extent.bytes
    guard aliased.values <= Self.aliasedValuesLimit, aliased.bytes <= Self.aliasedBytesLimit else {
      throw DocumentSyntaxError(.aliasesTooLarge, at: place)
    }
    try count(anchored.extent, at: place)
    try enter(depth + anchored.height, at: place)
    return anchored.node.moved(to: place)
  }
}

extension SourcePlace {
  /// The position of a mark of Yams, which also counts lines and scalars from 1.
  init(_ mark: Mark?) {
    self = mark.map { SourcePlace(line: $0.line, column: $0.column) } ?? .start
  }
}

extension Tag {
  /// Compares the tag as written; asking the node for its tag would resolve it.
  fileprivate func isOneOf(_ names: Name...) -> Bool {
    names.contains { $0.rawValue == rawValue }
  }

  /// The tag as people write it: `!!int` for YAML's own.
  fileprivate var shortName: String {
    let prefix = "tag:yaml.org,2002:"
    return rawValue.hasPrefix(prefix) ? "!!" + rawValue.dropFirst(prefix.count) : rawValue
  }
}

extension JSONNumber {
  fileprivate var isWhole: Bool { !literal.utf8.contains { ".eE".utf8.contains($0) } }
}
