/// The lines of a YAML text, as needed for editing one of them in place.
struct YAMLLines {
  private let bytes: [UInt8]
  /// The lines that contain only a comment: the start of each, and the column of its `#`.
  private let comments: [Int: Int]
  /// The start of each comment, in order.
  private let allComments: [Int]

  init(_ scan: YAMLScanner) {
    bytes = scan.bytes
    var comments: [Int: Int] = [:]
    for token in scan.tokens where token.kind == .comment {
      let start = Self.start(of: token.range.lowerBound, in: scan.bytes)
      if scan.bytes[start..<token.range.lowerBound].allSatisfy(\.isYAMLBlank) {
        comments[start] = token.range.lowerBound - start
      }
    }
    self.comments = comments
    allComments = scan.tokens.filter { $0.kind == .comment }.map(\.range.lowerBound)
  }

  private static func start(of position: Int, in bytes: [UInt8]) -> Int {
    bytes[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  /// The start of the line at a position.
  func start(of position: Int) -> Int { Self.start(of: position, in: bytes) }

  /// The end of the line at a position, without its line break.
  func textEnd(from position: Int) -> Int {
    bytes[position...].firstIndex(where: \.endsYAMLLine) ?? bytes.count
  }

  /// The start of the next line.
  func end(from position: Int) -> Int {
    bytes[position...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
  }

  /// The number of columns before a position.
  func column(of position: Int) -> Int { Self.column(of: position, in: bytes) }

  /// The number of columns before a position.
  static func column(of position: Int, in bytes: [UInt8]) -> Int {
    position - start(of: position, in: bytes)
  }

  /// Whether only blanks precede a position on its line.
  func isFirst(_ position: Int) -> Bool {
    bytes[start(of: position)..<position].allSatisfy(\.isYAMLBlank)
  }

  func isBlank(lineAt start: Int) -> Bool {
    start < bytes.count && bytes[start..<textEnd(from: start)].allSatisfy(\.isYAMLBlank)
  }

  /// The start of an entry's lines, including comments above it with the same indentation.
  func ownStart(of position: Int) -> Int {
    var start = start(of: position)
    let column = position - start
    while start > 0 {
      let above = self.start(of: start - 1)
      guard comments[above] == column else { break }
      start = above
    }
    return start
  }

  /// The end of an entry's lines, including comments below it with deeper indentation.
  ///
  /// - Parameters:
  ///   - position: The end of its last value.
  ///   - column: The column of the entry.
  /// - Returns: The start of the first line after the entry.
  func ownEnd(of position: Int, column: Int) -> Int {
    var end = self.column(of: position) == 0 && position > 0 ? position : end(from: position)
    while let comment = comments[end], comment > column { end = self.end(from: end) }
    return end
  }

  /// The lines in a range that contain only a comment, except those in other ranges, which are in
  /// order.
  func commentLines(in range: Range<Int>, outside others: [Range<Int>]) -> [UInt8] {
    var rest = others[...]
    return comments.keys.filter(range.contains).sorted().flatMap { start -> ArraySlice<UInt8> in
      rest = rest.drop { $0.upperBound <= start }
      let isOthers = rest.first?.contains(start) ?? false
      return isOthers ? [] : bytes[start..<end(from: start)]
    }
  }

  /// Whether a range of the text contains a comment.
  func hasComment(in range: Range<Int>) -> Bool {
    allComments.contains { range.contains($0) }
  }
}
