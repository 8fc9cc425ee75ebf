/// A recursive-descent parser over the bytes of one JSON text.
///
/// The buffer must outlive the parser; `JSONReader` ensures that. Every access is preceded by a
/// comparison with `end`; recursion is bounded by the depth limit.
struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  let end: Int
  var index = 0

  var line = 1
  /// The position at which the line would begin if each character were one byte, so that a column
  /// is a difference: every continuation byte moves it on by one.
  var lineStart = 0

  private let valueLimit: Int
  private let depthLimit: Int
  private var valueCount = 0
  private var keys = JSONKeyChecker()
  /// The current string, if it has escapes; reused to allocate only once.
  var unescaped: [UInt8] = []

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, valueLimit: Int = DocumentLimits.values,
    depthLimit: Int = DocumentLimits.depth
  ) {
    self.depthLimit = depthLimit
    self.bytes = bytes
    self.valueLimit = valueLimit
    end = bytes.count
  }

  private var place: SourcePlace { SourcePlace(line: line, column: index - lineStart + 1) }

  /// Reads the whole text: one value, surrounded by whitespace.
  mutating func document() throws(DocumentSyntaxError) -> SourceNode {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
      lineStart = 3
    }
    skipWhiteSpace()
    guard index < end else { throw DocumentSyntaxError(.emptyDocument, at: place) }
    let root = try value(depth: 0, expected: .value)
    skipWhiteSpace()
    guard index == end else { throw DocumentSyntaxError(.trailingContent, at: place) }
    return root
  }
}

// MARK: - Values

extension JSONParser {
  private typealias Expectation = DocumentSyntaxError.Expectation

  /// Reads the value at `index`, which is not the end; `depth` levels are open.
  private mutating func value(
    depth: Int, expected: Expectation
  ) throws(DocumentSyntaxError) -> SourceNode {
    let start = place
    guard valueCount < valueLimit else {
      throw DocumentSyntaxError(.tooManyValues(limit: valueLimit), at: start)
    }
    valueCount += 1
    switch bytes[index] {
    case UInt8(ascii: "\""):
      return SourceNode(content: .string(try string()), place: start)
    case UInt8(ascii: "{"):
      return SourceNode(content: .object(try members(depth: depth + 1)), place: start)
    case UInt8(ascii: "["):
      return SourceNode(content: .array(try elements(depth: depth + 1)), place: start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      return SourceNode(content: .number(try number()), place: start)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      return SourceNode(content: try literal(), place: start)
    default:
      throw unexpected(expected)
    }
  }

  private mutating func elements(depth: Int) throws(DocumentSyntaxError) -> [SourceNode] {
    let start = place
    try checkDepth(depth)
    index += 1
    var elements: [SourceNode] = []
    if try next(in: .array, from: start) == UInt8(ascii: "]") {
      index += 1
      return elements
    }
    elements.append(try value(depth: depth, expected: .valueOrArrayEnd))
    while true {
      switch try next(in: .array, from: start) {
      case UInt8(ascii: ","):
        index += 1
        _ = try next(in: .array, from: start)
        elements.append(try value(depth: depth, expected: .value))
      case UInt8(ascii: "]"):
        index += 1
        return elements
      default:
        throw unexpected(.commaOrArrayEnd)
      }
    }
  }

  private mutating func members(depth: Int) throws(DocumentSyntaxError) -> [SourceNode.Member] {
    let start = place
    try checkDepth(depth)
    index += 1
    var members: [SourceNode.Member] = []
    if try next(in: .object, from: start) == UInt8(ascii: "}") {
      index += 1
      return members
    }
    let mark = keys.beginObject()
    members.append(try member(of: start, after: members, mark, depth, expected: .keyOrObjectEnd))
    while true {
      switch try next(in: .object, from: start) {
      case UInt8(ascii: ","):
        index += 1
        _ = try next(in: .object, from: start)
        members.append(try member(of: start, after: members, mark, depth, expected: .key))
      case UInt8(ascii: "}"):
        index += 1
        keys.endObject(mark)
        return members
      default:
        throw unexpected(.commaOrObjectEnd)
      }
    }
  }

  private mutating func member(
    of start: SourcePlace, after members: [SourceNode.Member], _ mark: JSONKeyChecker.Mark,
    _ depth: Int, expected: Expectation
  ) throws(DocumentSyntaxError) -> SourceNode.Member {
    let keyPlace = place
    guard bytes[index] == UInt8(ascii: "\"") else { throw unexpected(expected) }
    let key = try string()
    if let first = keys.insert(key, after: members, mark) {
      throw DocumentSyntaxError(
        .duplicateKey(key, first: members[first].keyPlace), at: keyPlace)
    }
    guard try next(in: .object, from: start) == UInt8(ascii: ":") else { throw unexpected(.colon) }
    index += 1
    _ = try next(in: .object, from: start)
    let value = try value(depth: depth, expected: .value)
    return SourceNode.Member(key: key, keyPlace: keyPlace, value: value)
  }

  /// The byte after whitespace; there must be one, because something is still open.
  @inline(__always)
  private mutating func next(
    in construct: DocumentSyntaxError.Construct, from start: SourcePlace
  ) throws(DocumentSyntaxError) -> UInt8 {
    skipWhiteSpace()
    guard index < end else {
      throw DocumentSyntaxError(.unexpectedEnd(in: construct, from: start), at: place)
    }
    return bytes[index]
  }

  @inline(__always)
  private mutating func skipWhiteSpace() {
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        index += 1
      case UInt8(ascii: "\n"):
        index += 1
        line += 1
        lineStart = index
      default:
        return
      }
    }
  }

  private func checkDepth(_ depth: Int) throws(DocumentSyntaxError) {
    guard depth <= depthLimit else {
      throw DocumentSyntaxError(.tooDeep(limit: depthLimit), at: place)
    }
  }
}

// MARK: - Numbers and words

extension JSONParser {
  private mutating func number() throws(DocumentSyntaxError) -> JSONNumber {
    let length = JSONNumber.prefixLength(bytes[index...])
    let after = index + length
    guard length > 0, after == end || !Self.continuesWord(bytes[after]) else {
      throw DocumentSyntaxError(.invalidNumber(word()), at: place)
    }
    let literal = String(
      decoding: UnsafeBufferPointer(rebasing: bytes[index..<after]), as: UTF8.self)
    index = after
    return JSONNumber(uncheckedLiteral: literal)
  }

  private mutating func literal() throws(DocumentSyntaxError) -> SourceNode.Content {
    if passesWord("true") { return .bool(true) }
    if passesWord("false") { return .bool(false) }
    if passesWord("null") { return .null }
    let text = word()
    throw DocumentSyntaxError(
      text == "NaN" || text == "Infinity" ? .invalidNumber(text) : .invalidLiteral(text), at: place)
  }

  private mutating func passesWord(_ word: StaticString) -> Bool {
    let after = index + word.utf8CodeUnitCount
    guard after <= end, word.withUTF8Buffer({ $0.elementsEqual(bytes[index..<after]) }),
      after == end || !Self.continuesWord(bytes[after])
    else { return false }
    index = after
    return true
  }

  /// The word at `index`: everything up to the next blank or punctuation.
  private func word() -> String {
    // Longer than any message shows, so a megabyte of letters costs nothing.
    let limit = min(end, index + 80)
    var after = index
    while after < limit, Self.continuesWord(bytes[after]) { after += 1 }
    return String(decoding: bytes[index..<after], as: UTF8.self)
  }

  private static func continuesWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private func unexpected(_ expected: Expectation) -> DocumentSyntaxError {
    guard let scalar = UTF8Text.scalar(in: bytes, at: index) else {
      return DocumentSyntaxError(.invalidUTF8(byte: bytes[index]), at: place)
    }
    return DocumentSyntaxError(.unexpectedCharacter(scalar, expected: expected), at: place)
  }
}
