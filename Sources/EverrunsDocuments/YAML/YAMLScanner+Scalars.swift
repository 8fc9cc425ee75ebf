extension YAMLScanner {
  /// Passes a scalar in quotes, of one line or several.
  mutating func scanQuoted() {
    let start = index
    let quote = bytes[index]
    let firstLine = lineStart
    index += 1
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\") where quote == UInt8(ascii: "\"") && index + 1 < bytes.count:
        index += 1
        if bytes[index].endsYAMLLine { passLineBreak() } else { index += 1 }
      case quote:
        index += 1
        // Two of the single ones stand for one.
        if quote == UInt8(ascii: "'"), byte(at: index) == quote {
          index += 1
          continue
        }
        if lineStart != firstLine { dropCandidate() }
        return add(
          quote == UInt8(ascii: "'") ? .singleQuoted : .doubleQuoted, start..<index)
      case let byte where byte.endsYAMLLine: passLineBreak()
      default: index += 1
      }
    }
    add(.other, start..<index)
  }

  /// Passes a scalar without quotes, of one line or several.
  mutating func scanPlain() {
    let start = index
    let firstLine = lineStart
    // Its first character is not an indicator here.
    index = endOfWord(from: index + 1)
    var end = index
    while goToNextWord() {
      index = endOfWord(from: index)
      end = index
    }
    index = end
    if lineStart != firstLine { dropCandidate() }
    add(.plain, start..<end)
  }

  /// The end of the word of a plain scalar that goes on at a position.
  ///
  /// The position is a variable of its own: in this loop, Swift 6.2 optimizes changes of `index` away.
  private func endOfWord(from start: Int) -> Int {
    var position = start
    while let byte = byte(at: position), !byte.isYAMLBlank, !byte.endsYAMLLine {
      if isInFlow, byte.isYAMLFlowIndicator { break }
      if byte == UInt8(ascii: ":") {
        if isBlankOrEnd(at: position + 1) { break }
        if isInFlow, self.byte(at: position + 1)?.isYAMLFlowIndicator == true { break }
      }
      position += 1
    }
    return position
  }

  /// Goes to the next word of a plain scalar, on this line or one of the next.
  ///
  /// - Returns: Whether there is one; else nothing changes.
  private mutating func goToNextWord() -> Bool {
    var ahead = self.ahead
    while let byte = byte(at: ahead.index) {
      if byte.isYAMLBlank {
        ahead.index += 1
      } else if byte.endsYAMLLine {
        ahead.index += 1
        ahead.lineStart = ahead.index
      } else {
        break
      }
    }
    // At the end of a word, what goes on without a blank is not part of it.
    guard ahead.index > index, let next = byte(at: ahead.index), next != UInt8(ascii: "#")
    else { return false }
    let column = ahead.index - ahead.lineStart
    if ahead.lineStart != lineStart {
      if !isInFlow, column <= indent { return false }
      if column == 0, isDocumentMark(at: ahead.index) { return false }
    }
    if isInFlow, next.isYAMLFlowIndicator { return false }
    if next == UInt8(ascii: ":") {
      if isBlankOrEnd(at: ahead.index + 1) { return false }
      if isInFlow, byte(at: ahead.index + 1)?.isYAMLFlowIndicator == true { return false }
    }
    index = ahead.index
    lineStart = ahead.lineStart
    return true
  }

  private var ahead: (index: Int, lineStart: Int) { (index, lineStart) }

  /// Passes a literal or folded block with its header.
  mutating func scanBlock() {
    let start = index
    let headerEnd = endOfLine(from: index)
    let header = bytes[index..<headerEnd]
    let comment = header.firstIndex(of: UInt8(ascii: "#"))
    let digit = header[..<(comment ?? headerEnd)].first {
      (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0)
    }
    index = headerEnd
    if index < bytes.count { passLineBreak() }
    let column = digit.map { max(indent, 0) + Int($0 - UInt8(ascii: "0")) } ?? indentOfBlock()
    while index < bytes.count {
      let end = endOfLine(from: index)
      let spaces = bytes[index..<end].prefix { $0 == UInt8(ascii: " ") }.count
      guard spaces >= column || bytes[index..<end].allSatisfy(\.isYAMLBlank) else { break }
      index = end
      if index < bytes.count { passLineBreak() }
    }
    dropCandidate()
    add(.block, start..<index, blockColumn: column)
    if let comment { add(.comment, comment..<headerEnd) }
  }

  /// How far the lines of the block that begins at `index` are indented: as its first line that is
  /// not empty, and further than what it stands in.
  ///
  /// Tabs do not indent.
  private func indentOfBlock() -> Int {
    var column = max(indent + 1, 1)
    var position = index
    while position < bytes.count {
      let end = endOfLine(from: position)
      let spaces = bytes[position..<end].prefix { $0 == UInt8(ascii: " ") }.count
      if position + spaces == end {
        column = max(column, spaces)
      } else if spaces >= column || !bytes[position..<end].allSatisfy(\.isYAMLBlank) {
        return max(column, spaces)
      }
      position = end + 1
      if end < bytes.count, bytes[end] == UInt8(ascii: "\r"),
        byte(at: position) == UInt8(ascii: "\n")
      {
        position += 1
      }
    }
    return column
  }
}
