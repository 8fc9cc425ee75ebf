/// Writes a masked text, part by part.
struct YAMLMaskWriter {
  private let tokens: [YAMLToken]
  private let bytes: [UInt8]
  private var brokenKeys: ArraySlice<Range<Int>>
  /// The masked text so far.
  private(set) var masked: [UInt8] = []
  /// The names of the anchors so far.
  private(set) var anchors: [String] = []
  /// Which places of both texts belong together.
  private(set) var places = YAMLPlaces()
  /// Where tags are.
  private(set) var tags: Set<SourcePlace> = []
  private var keys = 0
  /// How much of the text has been written.
  private var position = 0

  init(_ scan: YAMLScanner) {
    tokens = scan.tokens
    bytes = scan.bytes
    brokenKeys = scan.brokenKeys[...]
    masked.reserveCapacity(bytes.count + bytes.count / 4)
  }

  /// Writes the whole text.
  mutating func write() throws(DocumentSyntaxError) {
    for index in tokens.indices {
      while let key = brokenKeys.first, key.upperBound <= position { brokenKeys.removeFirst() }
      writeGap(before: index)
      places.note()
      if tokens[index].kind == .tag { tags.insert(places.place) }
      // The comment of a block's header is part of the block.
      if tokens[index].range.lowerBound >= position { try write(tokens[index]) }
    }
    writeGap(before: tokens.count)
    // Blanks at the end are a line, which libyaml sees only before a line break.
    let lastLine = bytes.reversed().prefix { !$0.endsYAMLLine }
    if !lastLine.isEmpty, lastLine.allSatisfy(\.isYAMLBlank) { append([UInt8(ascii: "\n")]) }
  }
}

// MARK: - Parts

extension YAMLMaskWriter {
  private mutating func write(_ token: YAMLToken) throws(DocumentSyntaxError) {
    let end = token.range.upperBound
    switch token.kind {
    case .anchor where token.range.count > 1:
      let name = bytes[token.range.lowerBound + 1..<end]
      replace(upTo: end, by: Array("&\(anchors.count)".utf8))
      anchors.append(String(decoding: name, as: UTF8.self))
    case .plain:
      try write(token, upTo: end)
      if token.isKey { appendKeyNumber() }
    case .singleQuoted, .doubleQuoted:
      try write(token, upTo: end - 1)
      if token.isKey { appendKeyNumber() }
      copyByte()
    case .block:
      try writeBlock(token)
    case .anchor, .alias, .other, .comment, .tag, .dash, .question, .colon, .flowStart,
      .flowEnd, .comma, .documentMark, .directive:
      try write(token, upTo: end)
    }
  }

  private mutating func write(
    _ token: YAMLToken, upTo end: Int
  ) throws(DocumentSyntaxError) {
    while position < end {
      copyRun(upTo: end)
      guard position < end else { return }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\"), token.kind == .doubleQuoted {
        try writeEscape(upTo: end)
      } else if byte.endsYAMLLine, isInBrokenKey {
        fold()
      } else if byte.endsYAMLLine, token.kind == .plain {
        writeLineBreaks(upTo: end, isInFlow: token.isInFlow)
      } else if byte == UInt8(ascii: "\t"), token.kind == .block,
        let blank = endOfBlankLine(in: token)
      {
        // libyaml takes no tabs there.
        passOriginal(upTo: blank)
      } else if let scalar = maskedCharacter(of: token) {
        replace(upTo: position + UTF8.width(scalar), by: YAMLMask.escaped(scalar))
      } else {
        copyByte()
      }
    }
  }

  /// Writes a block; the folded lines of one that has tabs at the beginning of lines as one line.
  ///
  /// Around a line that begins with a blank, line breaks are not folded (YAML 1.2, section 8.1.3);
  /// libyaml would not see the tab.
  private mutating func writeBlock(_ block: YAMLToken) throws(DocumentSyntaxError) {
    let column = block.blockColumn
    var lines: [Range<Int>] = []
    var breaks: [Int] = []
    var start = bytes[block.range].firstIndex(where: \.endsYAMLLine) ?? block.range.upperBound
    var number = 0
    while start < block.range.upperBound {
      start = endOfLineBreak(at: start)
      number += 1
      let end =
        bytes[start..<block.range.upperBound].firstIndex(where: \.endsYAMLLine)
        ?? block.range.upperBound
      if end - start > column, bytes[start..<start + column].allSatisfy({ $0 == UInt8(ascii: " ") })
      {
        lines.append(start + column..<end)
        breaks.append(number)
      }
      start = end
    }
    guard bytes[block.range.lowerBound] == UInt8(ascii: ">"),
      lines.contains(where: { bytes[$0.lowerBound] == UInt8(ascii: "\t") })
    else { return try write(block, upTo: block.range.upperBound) }
    for index in lines.indices {
      try write(block, upTo: lines[index].upperBound)
      guard index + 1 < lines.count else { break }
      let next = lines[index + 1]
      let count = breaks[index + 1] - breaks[index]
      let isFolded = ![lines[index], next].contains { bytes[$0.lowerBound].isYAMLBlank }
      passOriginal(upTo: next.lowerBound)
      append(lineBreaks(count, isFolded: isFolded))
    }
    try write(block, upTo: block.range.upperBound)
  }

  /// The end of the line at the position, if it is one of a block that has only blanks and is not
  /// indented like the block.
  private func endOfBlankLine(in block: YAMLToken) -> Int? {
    let end = endOfBlanks(from: position)
    let isAtEnd = end == bytes.count || bytes[end].endsYAMLLine
    let start = bytes[..<position].lastIndex(where: \.endsYAMLLine).map { $0 + 1 } ?? 0
    let before = bytes[start..<position]
    guard isAtEnd, before.count < block.blockColumn,
      before.allSatisfy({ $0 == UInt8(ascii: " ") })
    else { return nil }
    return end
  }

  /// The character at the position, if it must be masked.
  private func maskedCharacter(of token: YAMLToken) -> Unicode.Scalar? {
    let isQuoted = token.kind == .singleQuoted || token.kind == .doubleQuoted
    switch bytes[position] {
    case UInt8(ascii: "*"): return "*"
    case UInt8(ascii: ":") where token.kind == .plain && token.isInFlow: return ":"
    case UInt8(ascii: "?") where token.kind == .plain && token.isInFlow: return "?"
    case UInt8(ascii: "\t") where token.kind == .block: return "\t"
    case 0x7F where isQuoted: return "\u{7F}"
    case 0xC2 where isQuoted, 0xEF:
      guard let scalar = UTF8Text.scalar(in: bytes, at: position) else { return nil }
      switch scalar.value {
      case 0xFEFF, 0xFDD0: return scalar
      case 0x80...0x9F, 0xFFFE, 0xFFFF: return isQuoted ? scalar : nil
      default: return nil
      }
    default: return nil
    }
  }

  /// Writes an escape of a scalar in double quotes.
  private mutating func writeEscape(upTo end: Int) throws(DocumentSyntaxError) {
    guard position + 1 < end else { return copyByte() }
    let length: Int
    switch bytes[position + 1] {
    case UInt8(ascii: "0"): throw DocumentSyntaxError(.nul, at: place)
    case UInt8(ascii: "x"): length = 2
    case UInt8(ascii: "u"): length = 4
    case UInt8(ascii: "U"): length = 8
    case let byte where byte.endsYAMLLine && isInBrokenKey:
      // The line break and the blanks after it are not part of the text.
      passOriginal(upTo: position + 1)
      passOriginal(upTo: endOfLineBreak(at: position))
      return passOriginal(upTo: endOfBlanks(from: position))
    default:
      copyByte()
      return copyByte()
    }
    let after = position + 2 + length
    guard let value = number(at: position + 2, digits: length) else {
      copyByte()
      return copyByte()
    }
    switch value {
    case 0: throw DocumentSyntaxError(.nul, at: place)
    case 0xD800...0xDFFF:
      guard value < 0xDC00, bytes[after...].starts(with: Array("\\u".utf8)), after + 6 <= end,
        let low = number(at: after + 2, digits: 4), (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
      else {
        let written = String(decoding: bytes[position..<after], as: UTF8.self)
        throw DocumentSyntaxError(.unpairedSurrogate(written), at: place)
      }
      replace(upTo: after + 6, by: Array(String(scalar).utf8))
    case 0xFEFF, 0xFDD0:
      replace(upTo: after, by: Unicode.Scalar(value).map(YAMLMask.escaped) ?? [])
    default:
      while position < after { copyByte() }
    }
  }

  /// The number with `digits` hexadecimal digits at a position.
  private func number(at start: Int, digits: Int) -> UInt32? {
    guard start + digits <= bytes.count else { return nil }
    let text = bytes[start..<start + digits]
    guard text.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    return UInt32(String(decoding: text, as: UTF8.self), radix: 16)
  }

  private mutating func appendKeyNumber() {
    append(YAMLMask.keyNumber(keys))
    keys += 1
  }
}

// MARK: - Blanks and line breaks

extension YAMLMaskWriter {
  /// Writes what stands between two parts, with blanks for the tabs that only separate.
  private mutating func writeGap(before index: Int) {
    let next = tokens.indices.contains(index) ? tokens[index] : nil
    let end = next?.range.lowerBound ?? bytes.count
    guard position < end else { return }
    let lineStart = bytes[position..<end].lastIndex(where: \.endsYAMLLine) ?? -1
    let keepsTabs = tabsIndent(index, isAtStartOfLine: lineStart >= 0 || position == 0)
    while position < end {
      if bytes[position].endsYAMLLine, isInBrokenKey {
        fold()
      } else if bytes[position] == UInt8(ascii: "\t"), position < lineStart || !keepsTabs {
        replace(upTo: position + 1, by: [UInt8(ascii: " ")])
      } else {
        copyByte()
      }
    }
  }

  /// Whether tabs in front of a part, in its line, indent it: the parser then refuses them.
  private func tabsIndent(_ index: Int, isAtStartOfLine: Bool) -> Bool {
    guard tokens.indices.contains(index) else { return false }
    let token = tokens[index]
    if token.isInFlow || token.kind == .flowEnd || token.kind == .comment { return false }
    if isAtStartOfLine { return true }
    guard index > 0 else { return true }
    switch tokens[index - 1].kind {
    case .dash, .question, .colon: break
    default: return false
    }
    // What begins behind a sign has a column only if it is a collection.
    guard let node = tokens[index...].first(where: { $0.kind != .anchor && $0.kind != .tag }) else {
      return false
    }
    return node.kind == .dash || node.kind == .question || node.isKey
  }

  /// Writes the line breaks inside of a plain scalar, which libyaml takes without tabs in empty
  /// lines.
  private mutating func writeLineBreaks(upTo end: Int, isInFlow: Bool) {
    let text =
      bytes[position..<end].firstIndex { !$0.isYAMLBlank && !$0.endsYAMLLine } ?? end
    let lineStart = bytes[position..<text].lastIndex(where: \.endsYAMLLine) ?? position
    while position < text {
      if bytes[position] == UInt8(ascii: "\t"), position < lineStart || isInFlow {
        replace(upTo: position + 1, by: [UInt8(ascii: " ")])
      } else {
        copyByte()
      }
    }
  }

  /// Whether the position is in a key in brackets that is not on one line with its colon.
  private var isInBrokenKey: Bool {
    brokenKeys.first?.contains(position) ?? false
  }

  /// Writes what line breaks stand for: a blank for one, line feeds for more (YAML 1.2, section
  /// 6.5).
  private mutating func fold() {
    while let last = masked.last, last.isYAMLBlank {
      masked.removeLast()
      places.removeMasked(blanks: 1)
    }
    var breaks = 0
    while position < bytes.count, bytes[position].endsYAMLLine {
      passOriginal(upTo: endOfLineBreak(at: position))
      passOriginal(upTo: endOfBlanks(from: position))
      breaks += 1
    }
    append(lineBreaks(breaks, isFolded: true))
  }

  /// What line breaks stand for, folded or not.
  private func lineBreaks(_ count: Int, isFolded: Bool) -> [UInt8] {
    isFolded && count == 1
      ? [UInt8(ascii: " ")]
      : Array(repeatElement(YAMLMask.escaped("\n"), count: isFolded ? count - 1 : count).joined())
  }

  private func endOfLineBreak(at start: Int) -> Int {
    bytes[start] == UInt8(ascii: "\r") && start + 1 < bytes.count
      && bytes[start + 1] == UInt8(ascii: "\n") ? start + 2 : start + 1
  }

  private func endOfBlanks(from start: Int) -> Int {
    bytes[start...].firstIndex { !$0.isYAMLBlank } ?? bytes.count
  }
}

// MARK: - Bytes

extension YAMLMaskWriter {
  private var place: SourcePlace {
    bytes.withUnsafeBufferPointer { UTF8Text.place(of: position, in: $0) }
  }

  private mutating func copyByte() {
    let next = position + 1 < bytes.count ? bytes[position + 1] : nil
    masked.append(bytes[position])
    places.passMasked(bytes[position], before: next)
    places.passOriginal(bytes[position], before: next)
    position += 1
  }

  /// Copies what every part of a text may hold: printable ASCII but for a few signs.
  private mutating func copyRun(upTo end: Int) {
    let run = bytes[position..<end].prefix { byte in
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "\\"): false
      default: (0x20..<0x7F).contains(byte)
      }
    }
    masked += run
    places.pass(columns: run.count)
    position += run.count
  }

  private mutating func replace(upTo end: Int, by replacement: [UInt8]) {
    append(replacement)
    passOriginal(upTo: end)
  }

  private mutating func append(_ more: [UInt8]) {
    for byte in more { places.passMasked(byte, before: nil) }
    masked += more
  }

  private mutating func passOriginal(upTo end: Int) {
    while position < end {
      let next = position + 1 < bytes.count ? bytes[position + 1] : nil
      places.passOriginal(bytes[position], before: next)
      position += 1
    }
  }
}
