/// Splits a YAML text into its parts, as far as the places of scalars and comments need it.
///
/// The parser decides what a text means. What is found here serves to show the parser what it would
/// read otherwise than YAML 1.2 has it, and to change a part of a text in its place. The
/// indentation is followed as libyaml does: a stack with the column of each open block collection.
struct YAMLScanner {
  /// Where a node began that may turn out to be a key.
  private struct Candidate {
    let token: Int
    let column: Int
  }

  private struct Bracket {
    let isMapping: Bool
    /// The node that it begins.
    let candidate: Candidate?
  }

  let bytes: [UInt8]
  var index = 0
  var lineStart = 0
  private(set) var tokens: [YAMLToken] = []
  /// The keys in braces that are not on one line with their colon, as the parser must see them; in
  /// brackets they are errors (YAML 1.2, section 7.4.2).
  private(set) var brokenKeys: [Range<Int>] = []
  /// The columns of the open block collections.
  private var indents = [-1]
  /// The open brackets.
  private var brackets: [Bracket] = []
  private var candidate: Candidate?

  /// Splits a text in UTF-8 without a byte-order mark.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 8)
    while skipBlanks() { scanToken() }
  }

  /// The column beyond which the lines of the innermost block collection must begin.
  var indent: Int { indents.last ?? -1 }
  var isInFlow: Bool { !brackets.isEmpty }

  func byte(at position: Int) -> UInt8? {
    bytes.indices.contains(position) ? bytes[position] : nil
  }

  /// Whether a blank, a line break or the end is at a position.
  func isBlankOrEnd(at position: Int) -> Bool {
    byte(at: position).map { $0.isYAMLBlank || $0.endsYAMLLine } ?? true
  }

  /// Whether `---` or `...` stands alone at a position, which is the start of a line.
  func isDocumentMark(at position: Int) -> Bool {
    guard let first = byte(at: position), first == UInt8(ascii: "-") || first == UInt8(ascii: ".")
    else { return false }
    return byte(at: position + 1) == first && byte(at: position + 2) == first
      && isBlankOrEnd(at: position + 3)
  }

  /// The end of the line that holds a position.
  func endOfLine(from position: Int) -> Int {
    bytes[position...].firstIndex(where: \.endsYAMLLine) ?? bytes.count
  }

  /// Passes the line break at `index`.
  mutating func passLineBreak() {
    let isReturn = bytes[index] == UInt8(ascii: "\r")
    index += 1
    if isReturn, byte(at: index) == UInt8(ascii: "\n") { index += 1 }
    lineStart = index
  }
}

// MARK: - Between scalars

extension YAMLScanner {
  /// Passes blanks, line breaks and comments.
  ///
  /// - Returns: Whether something follows.
  private mutating func skipBlanks() -> Bool {
    while index < bytes.count {
      switch bytes[index] {
      case let byte where byte.isYAMLBlank: index += 1
      case let byte where byte.endsYAMLLine:
        passLineBreak()
        // Outside of brackets a key and its colon are on one line.
        if !isInFlow { candidate = nil }
      case UInt8(ascii: "#"): add(.comment, upTo: endOfLine(from: index))
      default: return true
      }
    }
    return false
  }

  private mutating func scanToken() {
    let column = index - lineStart
    if !isInFlow { closeCollections(beyond: column) }
    if column == 0, isDocumentMark(at: index) {
      indents = [-1]
      brackets = []
      candidate = nil
      return add(.documentMark, upTo: index + 3)
    }
    switch bytes[index] {
    case UInt8(ascii: "%") where column == 0 && !isInFlow:
      add(.directive, upTo: endOfLine(from: index))
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      beginNode(column)
      add(.flowStart, upTo: index + 1)
      brackets.append(
        Bracket(isMapping: bytes[index - 1] == UInt8(ascii: "{"), candidate: candidate))
      candidate = nil
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      candidate = brackets.popLast()?.candidate
      add(.flowEnd, upTo: index + 1)
    case UInt8(ascii: ",") where isInFlow:
      candidate = nil
      add(.comma, upTo: index + 1)
    case UInt8(ascii: "-") where !isInFlow && isBlankOrEnd(at: index + 1):
      openCollection(at: column)
      candidate = nil
      add(.dash, upTo: index + 1)
    case UInt8(ascii: "?") where isBlankOrEnd(at: index + 1):
      if !isInFlow { openCollection(at: column) }
      candidate = nil
      add(.question, upTo: index + 1)
    case UInt8(ascii: ":") where isColon:
      endKey(column)
      add(.colon, upTo: index + 1)
    case UInt8(ascii: "&"):
      beginNode(column)
      add(.anchor, upTo: endOfName)
    case UInt8(ascii: "*"):
      beginNode(column)
      add(.alias, upTo: endOfName)
    case UInt8(ascii: "!"):
      beginNode(column)
      add(.tag, upTo: endOfTag)
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      beginNode(column)
      scanQuoted()
    case UInt8(ascii: "|") where !isInFlow, UInt8(ascii: ">") where !isInFlow:
      scanBlock()
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"), UInt8(ascii: ","),
      UInt8(ascii: "|"), UInt8(ascii: ">"):
      add(.other, upTo: index + 1)
    default:
      beginNode(column)
      scanPlain()
    }
  }

  /// Whether the colon at `index` separates a key from a value.
  ///
  /// In brackets it may do so without a blank behind it: before a bracket or a comma, and behind a
  /// key that is written as in JSON (YAML 1.2, section 7.4.2).
  private var isColon: Bool {
    if isBlankOrEnd(at: index + 1) { return true }
    guard isInFlow else { return false }
    if byte(at: index + 1)?.isYAMLFlowIndicator == true { return true }
    return switch tokens.last(where: { $0.kind != .comment })?.kind {
    case .singleQuoted, .doubleQuoted, .flowEnd: true
    default: false
    }
  }

  private mutating func endKey(_ column: Int) {
    if !isInFlow { openCollection(at: candidate?.column ?? column) }
    guard let candidate else { return }
    self.candidate = nil
    guard let last = tokens.indices.last, tokens[last].isScalar else { return }
    tokens[last].isKey = true
    let start = tokens[candidate.token].range.lowerBound
    if brackets.last?.isMapping == true, bytes[start..<index].contains(where: \.endsYAMLLine) {
      brokenKeys.append(start..<index)
    }
  }

  private mutating func beginNode(_ column: Int) {
    if candidate == nil { candidate = Candidate(token: tokens.count, column: column) }
  }

  private mutating func openCollection(at column: Int) {
    if indent < column { indents.append(column) }
  }

  private mutating func closeCollections(beyond column: Int) {
    while indent > column { indents.removeLast() }
  }

  /// The end of an anchor's or alias's name.
  private var endOfName: Int {
    bytes[(index + 1)...].firstIndex {
      $0.isYAMLBlank || $0.endsYAMLLine || $0.isYAMLFlowIndicator
    } ?? bytes.count
  }

  private var endOfTag: Int {
    if byte(at: index + 1) == UInt8(ascii: "<") {
      let end = bytes[index...].firstIndex { $0 == UInt8(ascii: ">") || $0.endsYAMLLine }
      return min((end ?? bytes.count - 1) + 1, endOfLine(from: index))
    }
    let isInFlow = isInFlow
    return bytes[(index + 1)...].firstIndex {
      $0.isYAMLBlank || $0.endsYAMLLine || (isInFlow && $0.isYAMLFlowIndicator)
    } ?? bytes.count
  }

  /// Adds the part from `index` to a position, where the scan continues.
  mutating func add(_ kind: YAMLToken.Kind, upTo end: Int) {
    add(kind, index..<end)
    index = end
  }

  /// Adds a part that may have several lines, all of which have been passed.
  mutating func add(_ kind: YAMLToken.Kind, _ range: Range<Int>, blockColumn: Int = 0) {
    tokens.append(
      YAMLToken(kind: kind, range: range, isInFlow: isInFlow, blockColumn: blockColumn))
  }

  /// Makes what was begun no key: it has several lines.
  mutating func dropCandidate() {
    if !isInFlow { candidate = nil }
  }
}
