/// Finds out whether a YAML text has comments, which are lost when it is written anew.
///
/// The parser passes comments over, so the text is looked through once more: a `#` begins a comment
/// unless it stands in a quoted text, in a block of text, or in the middle of a word.
package enum YAMLComments {
  /// Whether there is a comment in a text in UTF-8 that ``YAMLReader`` has read.
  package static func areIn(_ bytes: some Collection<UInt8>) -> Bool {
    var scan = YAMLCommentScan(text: Array(bytes)[...])
    return scan.findComment()
  }
}

private struct YAMLCommentScan {
  var text: ArraySlice<UInt8>
  /// How many brackets are open.
  private var brackets = 0
  /// A plain text goes on in lines that are indented further than this.
  private var plainIndent: Int?

  private static let space = UInt8(ascii: " ")

  init(text: ArraySlice<UInt8>) {
    self.text = text
  }

  mutating func findComment() -> Bool {
    while !text.isEmpty {
      let indent = text.prefix { $0 == Self.space }.count
      text = text.dropFirst(indent)
      if scanLine(indent: indent) { return true }
    }
    return false
  }

  /// Looks through the rest of a line, and what begins in it and goes on below.
  private mutating func scanLine(indent: Int) -> Bool {
    var parent = indent - 1
    var indent = indent
    let continuesPlain = brackets == 0 && (plainIndent.map { indent > $0 } ?? false)
    var isAtStart = !continuesPlain
    var isAfterSpace = true
    // A blank line ends no plain text.
    if let first = text.first, !first.endsLine { plainIndent = nil }
    while let byte = text.first, !byte.endsLine {
      defer { isAfterSpace = byte.isBlank }
      switch byte {
      case UInt8(ascii: "#") where isAfterSpace: return true
      case _ where byte.isBlank: text = text.dropFirst()
      case UInt8(ascii: "-"), UInt8(ascii: "?"):
        if isAtStart, brackets == 0, text.dropFirst().startsWithBlank {
          // What stands behind the mark of an item has a column of its own.
          parent = indent
          indent += 1 + text.dropFirst().prefix { $0 == Self.space }.count
          text = text.dropFirst()
        } else {
          text = text.dropFirst()
          isAtStart = false
        }
      case UInt8(ascii: ":") where text.dropFirst().startsWithBlank:
        text = text.dropFirst()
        isAtStart = true
        parent = indent
        plainIndent = nil
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isAtStart { skipQuoted(byte) } else { text = text.dropFirst() }
        isAtStart = false
      case UInt8(ascii: "&"), UInt8(ascii: "!"):
        // An anchor or a tag stands before the value.
        if isAtStart { skipWord() } else { text = text.dropFirst() }
      case UInt8(ascii: "|"), UInt8(ascii: ">"):
        if isAtStart, brackets == 0 { return skipBlock(parent: parent) }
        text = text.dropFirst()
        isAtStart = false
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if isAtStart { brackets += 1 }
        text = text.dropFirst()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if brackets > 0 { brackets -= 1 }
        text = text.dropFirst()
        isAtStart = false
      case UInt8(ascii: ",") where brackets > 0:
        text = text.dropFirst()
        isAtStart = true
      default:
        text = text.dropFirst()
        if isAtStart, brackets == 0 { plainIndent = parent }
        isAtStart = false
      }
    }
    text = text.dropFirst()
    return false
  }

  private mutating func skipQuoted(_ quote: UInt8) {
    text = text.dropFirst()
    while let byte = text.first {
      text = text.dropFirst()
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        text = text.dropFirst()
      } else if byte == quote {
        // Two of the single ones stand for one.
        guard quote == UInt8(ascii: "'"), text.first == quote else { return }
        text = text.dropFirst()
      }
    }
  }

  private mutating func skipWord() {
    text = text.drop { !$0.isBlank && !$0.endsLine }
  }

  /// Passes over a block of text.
  ///
  /// - Returns: whether its first line ends with a comment.
  private mutating func skipBlock(parent: Int) -> Bool {
    let header = text.prefix { !$0.endsLine }
    if header.contains(UInt8(ascii: "#")) { return true }
    text = text.dropFirst(header.count + 1)
    let content = blockIndent(header, parent: parent)
    while !text.isEmpty {
      let line = text.prefix { !$0.endsLine }
      let spaces = line.prefix { $0 == Self.space }.count
      guard spaces == line.count || spaces >= content else { return false }
      text = text.dropFirst(line.count + 1)
    }
    return false
  }

  /// How far the lines of a block are indented: as its header says, or as its first line is.
  private func blockIndent(_ header: ArraySlice<UInt8>, parent: Int) -> Int {
    if let digit = header.first(where: { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }) {
      return parent + Int(digit - UInt8(ascii: "0"))
    }
    var rest = text
    while !rest.isEmpty {
      let spaces = rest.prefix { $0 == Self.space }.count
      rest = rest.dropFirst(spaces)
      guard rest.first?.endsLine == true else { return max(spaces, parent + 1) }
      rest = rest.dropFirst()
    }
    return parent + 1
  }
}

extension UInt8 {
  fileprivate var endsLine: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
  fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension ArraySlice<UInt8> {
  fileprivate var startsWithBlank: Bool {
    first.map { $0.isBlank || $0.endsLine } ?? true
  }
}
