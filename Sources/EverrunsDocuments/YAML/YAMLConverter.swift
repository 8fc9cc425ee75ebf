import Yams

/// Turns the tree that Yams makes of a YAML text into a `SourceNode`.
///
/// Aliases are resolved here, not by Yams: in the text it gets each `*` is masked, so they arrive
/// as plain scalars. A repeated part is shared, and counted before it is used, so that a document
/// of a few lines cannot stand for a billion values.
struct YAMLConverter {
  /// How much aliases may add to a document, far above what people share by hand.
  private static let aliasedValuesLimit = 100_000
  private static let aliasedBytesLimit = 16 << 20

  private struct Anchored {
    let content: SourceNode.Content
    let extent: Extent
    /// How many levels nest in it.
    let height: Int
  }

  /// How much has been converted, with what aliases repeat.
  private struct Extent {
    var values = 0
    var bytes = 0
  }

  private let mask: YAMLMask
  private var anchors: [String: Anchored] = [:]
  private var extent = Extent()
  private var aliased = Extent()
  /// The deepest level since this was last set, to find the height of what has an anchor.
  private var deepest = 0

  init(_ mask: YAMLMask) {
    self.mask = mask
  }

  /// The value of a node that stands below `depth` levels.
  mutating func convert(_ node: Node, depth: Int = 0) throws(DocumentSyntaxError) -> SourceNode {
    let place = SourcePlace(node.mark)
    if let name = try alias(node, at: place) {
      return SourceNode(content: try repeated(name, depth: depth, at: place), place: place)
    }
    guard let anchor = node.anchor?.rawValue else {
      return SourceNode(content: try content(of: node, depth: depth, at: place), place: place)
    }
    let before = extent
    let deepestBefore = deepest
    deepest = depth
    let content = try content(of: node, depth: depth, at: place)
    anchors[anchor] = Anchored(
      content: content,
      extent: Extent(values: extent.values - before.values, bytes: extent.bytes - before.bytes),
      height: deepest - depth)
    deepest = max(deepest, deepestBefore)
    return SourceNode(content: content, place: place)
  }
}

// MARK: - Collections

extension YAMLConverter {
  private mutating func content(
    of node: Node, depth: Int, at place: SourcePlace
  ) throws(DocumentSyntaxError) -> SourceNode.Content {
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
      return .array(elements)
    case .mapping(let mapping):
      try checkTag(mapping.tag, is: .map, at: place)
      try enter(depth + 1, at: place)
      var members: [SourceNode.Member] = []
      members.reserveCapacity(mapping.count)
      for (key, value) in mapping { members.append(try member(key, value, depth: depth + 1)) }
      return .object(members)
    case .alias(let alias):
      // The parser makes no such nodes; they are for trees made to be written.
      throw DocumentSyntaxError(.undefinedAlias(alias.anchor.rawValue), at: place)
    }
  }

  private mutating func member(
    _ key: Node, _ value: Node, depth: Int
  ) throws(DocumentSyntaxError) -> SourceNode.Member {
    let place = SourcePlace(key.mark)
    guard case .scalar(let scalar) = key else {
      throw DocumentSyntaxError(.keyNotString(nil), at: place)
    }
    let text = mask.removed(from: scalar.string)
    // By its tag an untagged key is a string by now: Yams resolves tags to compare keys. So the
    // style decides.
    if scalar.style == .plain {
      if text == "<<" { throw DocumentSyntaxError(.mergeKey, at: place) }
      guard case .string = YAMLScalar.content(ofPlain: text), try alias(key, at: place) == nil
      else {
        throw DocumentSyntaxError(.keyNotString(text), at: place)
      }
    }
    guard scalar.tag.isOneOf(.implicit, .str) else {
      throw DocumentSyntaxError(.keyNotString(text), at: place)
    }
    // A value further down may repeat a key that has an anchor.
    if key.anchor != nil { _ = try convert(key, depth: depth) }
    return SourceNode.Member(
      key: text, keyPlace: place, value: try convert(value, depth: depth))
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
  ) throws(DocumentSyntaxError) -> SourceNode.Content {
    let text = mask.removed(from: scalar.string)
    extent.bytes += text.utf8.count
    if scalar.tag.isOneOf(.str) { return .string(text) }
    if scalar.tag.isOneOf(.implicit, .nonSpecific) {
      guard scalar.style == .plain else { return .string(text) }
      guard let content = YAMLScalar.content(ofPlain: text) else {
        throw DocumentSyntaxError(.ambiguousScalar(text), at: place)
      }
      return content
    }
    let content = YAMLScalar.content(ofPlain: text)
    switch content {
    case .null where scalar.tag.isOneOf(.null): return .null
    case .bool(let value) where scalar.tag.isOneOf(.bool): return .bool(value)
    case .number(let number) where scalar.tag.isOneOf(.float): return .number(number)
    case .number(let number) where scalar.tag.isOneOf(.int) && number.isWhole:
      return .number(number)
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
  /// The name, if a node is an alias.
  ///
  /// A plain scalar cannot begin with `*`, so that what does is an alias, or an error that the
  /// parser did not see because of the mark.
  private func alias(
    _ node: Node, at place: SourcePlace
  ) throws(DocumentSyntaxError) -> String? {
    guard let mark = mask.alias, case .scalar(let scalar) = node, scalar.style == .plain,
      scalar.string.unicodeScalars.first == mark
    else { return nil }
    let name = scalar.string.unicodeScalars.dropFirst()
    guard !name.isEmpty, name.allSatisfy(\.isAnchorCharacter) else {
      throw DocumentSyntaxError(.reservedIndicator("*"), at: place)
    }
    guard scalar.anchor == nil, scalar.tag.isOneOf(.implicit, .nonSpecific, .str) else {
      throw DocumentSyntaxError(.yamlSyntax("an alias takes no tag and no anchor"), at: place)
    }
    return String(name)
  }

  private mutating func repeated(
    _ name: String, depth: Int, at place: SourcePlace
  ) throws(DocumentSyntaxError) -> SourceNode.Content {
    guard let anchored = anchors[name] else {
      throw DocumentSyntaxError(.undefinedAlias(name), at: place)
    }
    aliased.values += anchored.extent.values
    aliased.bytes += anchored.extent.bytes
    guard aliased.values <= Self.aliasedValuesLimit, aliased.bytes <= Self.aliasedBytesLimit else {
      throw DocumentSyntaxError(.aliasesTooLarge, at: place)
    }
    try count(anchored.extent, at: place)
    try enter(depth + anchored.height, at: place)
    return anchored.content
  }
}

extension SourcePlace {
  /// The place of a mark of Yams, which counts lines and scalars from 1 too.
  init(_ mark: Mark?) {
    self = mark.map { SourcePlace(line: $0.line, column: $0.column) } ?? .start
  }
}

extension Tag {
  /// Compares the tag as it was written; asking a node for its tag would resolve it.
  fileprivate func isOneOf(_ names: Name...) -> Bool {
    names.contains { $0.rawValue == rawValue }
  }

  /// As people write it: `!!int` for YAML's own.
  fileprivate var shortName: String {
    let prefix = "tag:yaml.org,2002:"
    return rawValue.hasPrefix(prefix) ? "!!" + rawValue.dropFirst(prefix.count) : rawValue
  }
}

extension JSONNumber {
  fileprivate var isWhole: Bool { !literal.utf8.contains { ".eE".utf8.contains($0) } }
}

extension Unicode.Scalar {
  /// What libyaml takes as part of an anchor's name.
  fileprivate var isAnchorCharacter: Bool {
    switch self {
    case "0"..."9", "A"..."Z", "a"..."z", "-", "_": true
    default: false
    }
  }
}
