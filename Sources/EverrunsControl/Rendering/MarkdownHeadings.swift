/// Finds the headings of a Markdown text, line by line: CommonMark, sections 4.2, 4.3 and 4.5.
struct MarkdownHeadings {
  /// The latest heading; `nil` before the first.
  private(set) var latest: String?
  /// The line that opened the current code block; `nil` outside of one.
  private var fence: Fence?
  /// The latest line, if an underline would make it a heading.
  private var paragraph: Substring?

  /// A line of three or more backticks or tildes.
  private struct Fence {
    let sign: Character
    let length: Int
    /// Whether nothing else is on the line.
    let isBare: Bool

    init?(_ line: Substring) {
      guard let sign = line.first, sign == "`" || sign == "~" else { return nil }
      let rest = line.drop { $0 == sign }
      length = line.count - rest.count
      guard length >= 3, sign == "~" || !rest.contains("`") else { return nil }
      self.sign = sign
      isBare = rest.allSatisfy(\.isBlank)
    }

    /// Whether another one ends the code block that this one began.
    func isClosed(by other: Fence) -> Bool {
      other.isBare && other.sign == sign && other.length >= length
    }
  }

  /// Adds the next line of the text.
  mutating func add(_ line: String) {
    let text = line.drop { $0 == " " }
    // Four blanks begin a code block, or continue a paragraph.
    let isIndented = line.count - text.count > 3
    if let fence {
      if !isIndented, let other = Fence(text), fence.isClosed(by: other) { self.fence = nil }
      return
    }
    guard !isIndented else { return }
    let above = paragraph
    paragraph = nil
    if let fence = Fence(text) {
      self.fence = fence
    } else if text.isHeading {
      latest = text.withoutTrailingBlanks
    } else if let above, text.isUnderline {
      latest = above.withoutTrailingBlanks
    } else if !text.allSatisfy(\.isBlank), !text.beginsBlock {
      paragraph = text
    }
  }

  /// The headings after the next line of the text.
  func adding(_ line: String) -> MarkdownHeadings {
    var headings = self
    headings.add(line)
    return headings
  }
}

extension Substring {
  fileprivate var withoutTrailingBlanks: String {
    String(prefix(upTo: lastIndex { !$0.isBlank }.map(index(after:)) ?? startIndex))
  }

  /// Whether the line is a heading with number signs.
  fileprivate var isHeading: Bool {
    let rest = drop { $0 == "#" }
    return (1...6).contains(count - rest.count) && (rest.first?.isBlank ?? true)
  }

  /// Whether the line makes the one above a heading.
  fileprivate var isUnderline: Bool {
    guard let sign = first, sign == "=" || sign == "-" else { return false }
    return drop { $0 == sign }.allSatisfy(\.isBlank)
  }

  /// Whether the line begins a list item, a quotation or a table, which no underline makes a
  /// heading.
  fileprivate var beginsBlock: Bool {
    guard let sign = first else { return false }
    let rest = dropFirst()
    if sign == ">" || sign == "|" { return true }
    if "-*+".contains(sign) { return rest.first?.isBlank ?? true }
    let number = prefix(while: \.isASCIIDigit)
    let behind = dropFirst(number.count)
    return !number.isEmpty && (behind.hasPrefix(". ") || behind.hasPrefix(") "))
  }
}

extension Character {
  fileprivate var isBlank: Bool { self == " " || self == "\t" || self == "\r" }
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
