/// The lines of a YAML text, as changing one of them in its place needs to see them.
struct YAMLLines {
  private let bytes: [UInt8]
  /// The lines that hold nothing but a comment: where each begins, and the column of its sign.
  private let comments: [Int: Int]
  /// Where each comment begins, in order.
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

  /// Where the line of a position begins.
  func start(of position: Int) -> Int { Self.start(of: position, in: bytes) }

  /// Where the text of the line of a position ends, before its line break.
  func textEnd(from position: Int) -> Int {
    bytes[position...].firstIndex(where: \.endsYAMLLine) ?? bytes.count
  }

  /// Where the next line begins.
  func end(from position: Int) -> Int {
    bytes[position...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
  }

  /// How many columns are in front of a position.
  func column(of position: Int) -> Int { position - start(of: position) }

  /// Whether nothing but blanks is in front of a position.
  func isFirst(_ position: Int) -> Bool {
    bytes[start(of: position)..<position].allSatisfy(\.isYAMLBlank)
  }

  func isBlank(lineAt start: Int) -> Bool {
    start < bytes.count && bytes[start..<textEnd(from: start)].allSatisfy(\.isYAMLBlank)
  }

  /// Where the lines of an entry begin: at the comments above it that are as far indented.
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

  /// Where the lines of an entry end: behind the comments below it that are further indented than it.
  ///
  /// - Parameters:
  ///   - position: Where its last value ends.
  ///   - column: The column in which it begins.
  func ownEnd(of position: Int, column: Int) -> Int {
    var end = self.column(of: position) == 0 && position > 0 ? position : end(from: position)
    while let comment = comments[end], comment > column { end = self.end(from: end) }
    return end
  }

  /// Whether a comment is anywhere in a part of the text.
  func hasComment(in range: Range<Int>) -> Bool {
    allComments.contains { range.contains($0) }
  }
}
