extension YAMLRewriter {
  /// Writes the value of an alias in its place.
  mutating func write(_ alias: YAMLAnchorPlan.WrittenAlias) {
    let anchor = alias.anchor.map { Array(bytes[$0]) } ?? []
    let prefix = anchor + (anchor.isEmpty ? [] : [UInt8(ascii: " ")])
    if let parent = alias.parent, alias.model.form != .flow {
      if let inline = inline(alias.value, like: alias.model) {
        edits.append(TextEdit(range: alias.node.range, replacement: prefix + inline))
      } else {
        replace(alias.node, byLines: alias.value, behind: parent, anchor: anchor)
      }
    } else {
      edits.append(
        TextEdit(range: alias.node.range, replacement: prefix + Self.inFlow(alias.value)))
    }
  }

  /// Replaces a value; `parent` is `nil` in brackets and for the whole text.
  mutating func replace(_ node: TextNode, _ value: JSONValue, behind parent: Parent?) {
    if let tag = node.tag { removeProperty(tag) }
    guard let parent else {
      // In brackets, where every value is on one line.
      guard node.form != .lines, node.form != .block else {
        isImpossible = true
        return
      }
      let text = Self.inFlow(value)
      edits.append(
        TextEdit(
          range: node.range, replacement: node.form == .empty ? [UInt8(ascii: " ")] + text : text))
      return
    }
    if node.form == .flow, !node.entries.isEmpty {
      edits.append(TextEdit(range: node.range, replacement: Self.inFlow(value)))
    } else if let inline = inline(value, like: node) {
      replace(node, byInline: inline, behind: parent)
    } else {
      replace(node, byLines: value, behind: parent)
    }
  }

  /// Replaces a value with one that fits on a line.
  private mutating func replace(
    _ node: TextNode, byInline text: [UInt8], behind parent: Parent
  ) {
    switch node.form {
    case .scalar, .alias, .flow:
      edits.append(TextEdit(range: node.range, replacement: text))
    case .empty:
      edits.append(TextEdit(range: node.range, replacement: [UInt8(ascii: " ")] + text))
    case .block:
      edits.append(
        TextEdit(
          range: node.range,
          replacement: text + comment(of: node)
            + (bytes[node.range].last == UInt8(ascii: "\n") ? lineBreak : [])))
    case .lines:
      // The rest of the line, such as a comment, stays.
      let sign = node.propertiesEnd ?? parent.signEnd
      let isBelow = lines.start(of: node.range.lowerBound) > sign
      let end = lines.ownEnd(of: node.end, column: parent.column)
      edits.append(
        TextEdit(
          range: sign..<(isBelow ? sign : end),
          replacement: [UInt8(ascii: " ")] + text + (isBelow ? [] : lineBreak)))
      if isBelow {
        // Comments that belong to no entry stay, as if the entries were removed one by one.
        let removed = lines.end(from: sign)..<end
        edits.append(
          TextEdit(
            range: removed,
            replacement: lines.commentLines(in: removed, outside: node.entries.map(ownRange(of:)))))
      }
    }
  }

  /// Replaces a value with a collection or a text of several lines, after an anchor.
  private mutating func replace(
    _ node: TextNode, byLines value: JSONValue, behind parent: Parent, anchor: [UInt8] = []
  ) {
    let column: Int
    let beginning = beginning(of: node, parent)
    if case .string = value { column = parent.column } else { column = beginning.column }
    var text = fragment(value, column: column)
    switch node.form {
    case .lines:
      // A collection of the same kind keeps its column.
      text = fragment(value, column: lines.column(of: node.range.lowerBound))
      if case .string = value {
        isImpossible = true
        return
      }
      let end = node.end
      let isAfterBreak = end > 0 && bytes[end - 1] == UInt8(ascii: "\n")
      edits.append(
        TextEdit(
          range: node.range.lowerBound..<end, replacement: text + (isAfterBreak ? lineBreak : [])))
    case .block, .scalar, .alias, .flow, .empty:
      let isBlockText = if case .string = value { true } else { false }
      let block = node.form == .block ? block(value, like: node) : nil
      text = block ?? text
      var end = node.range.upperBound
      var replacement = text
      let hasAnchor = node.anchor != nil || !anchor.isEmpty
      if !isBlockText, hasAnchor || !parent.isItem {
        // A collection begins on the line below its key or anchor.
        replacement =
          anchor + lineBreak + [UInt8](repeating: UInt8(ascii: " "), count: column) + text
      } else if !anchor.isEmpty {
        replacement = anchor + [UInt8(ascii: " ")] + text
      } else if node.form == .empty {
        replacement = [UInt8(ascii: " ")] + text
      }
      // Blanks before a line break, or before a comment that is moved there, are removed.
      var from = node.range.lowerBound
      if let tabs = beginning.tabs, !isBlockText, !hasAnchor {
        from = tabs.lowerBound
        replacement = beginning.spaces + replacement
      }
      if hasAnchor, parent.isItem, !isBlockText, node.tag == nil { replaceTabs(after: parent) }
      while replacement.first?.endsYAMLLine == true, from > parent.signEnd,
        bytes[from - 1].isYAMLBlank
      {
        from -= 1
      }
      let firstEnd = replacement.firstIndex(where: \.endsYAMLLine) ?? replacement.count
      if node.form == .block {
        if block == nil { replacement.insert(contentsOf: comment(of: node), at: firstEnd) }
        if bytes[node.range].last == UInt8(ascii: "\n") { replacement += lineBreak }
      } else if lines.textEnd(from: end) > end {
        // A comment stays after the colon or dash.
        let rest = bytes[end..<lines.textEnd(from: end)]
        end = lines.textEnd(from: end)
        replacement.insert(contentsOf: rest, at: firstEnd)
      }
      edits.append(TextEdit(range: from..<end, replacement: replacement))
    }
  }
}

// MARK: - Writing

extension YAMLRewriter {
  /// Where a collection begins that takes the place of a value, once its tag is removed.
  ///
  /// After a dash it begins where the value did, however many blanks are between.
  private func beginning(of node: TextNode, _ parent: Parent) -> Beginning {
    let start = node.range.lowerBound
    guard parent.isItem, node.form != .empty, node.anchor == nil else {
      return Beginning(column: parent.column + 2)
    }
    let isFirst = lines.isFirst(start)
    if !isFirst, lines.isFirst(node.start) {
      return Beginning(column: lines.column(of: node.start))
    }
    let blanks = bytes[..<start].reversed().prefix(while: \.isYAMLBlank)
    guard !blanks.contains(UInt8(ascii: "\t")) else {
      // Tabs do not indent a collection.
      let column = parent.column + 2
      return Beginning(
        column: column, tabs: start - blanks.count..<start,
        spaces: [UInt8](repeating: UInt8(ascii: " "), count: isFirst ? column : 1))
    }
    return Beginning(column: isFirst ? blanks.count : parent.column + 1 + blanks.count)
  }

  /// Replaces tabs between a dash and an anchor, which no collection may follow.
  private mutating func replaceTabs(after parent: Parent) {
    let blanks = bytes[parent.signEnd...].prefix(while: \.isYAMLBlank)
    guard blanks.contains(UInt8(ascii: "\t")) else { return }
    edits.append(TextEdit(range: blanks.indices, replacement: [UInt8(ascii: " ")]))
  }

  private struct Beginning {
    let column: Int
    /// The blanks before the value that others replace; `nil` if they stay.
    var tabs: Range<Int>?
    var spaces: [UInt8] = []
  }

  /// A value on one line, in the style of the one before if that is possible.
  fileprivate func inline(_ value: JSONValue, like node: TextNode) -> [UInt8]? {
    switch value {
    case .array(let elements) where !elements.isEmpty: return nil
    case .object(let object) where !object.isEmpty: return nil
    case .string(let text):
      if text.canBeYAMLBlock { return style.usesBlocks ? nil : Self.quoted(text) }
      let quote = node.form == .scalar ? bytes[node.range.lowerBound] : 0
      if quote == UInt8(ascii: "'"), !text.unicodeScalars.contains(where: \.needsEscapeInYAML),
        !text.hasLineBreak, !text.utf8.contains(UInt8(ascii: "\t"))
      {
        return Array("'\(text.replacing("'", with: "''"))'".utf8)
      }
      if quote == UInt8(ascii: "\"") { return Self.quoted(text) }
      return YAMLWriter.inline(value)
    case .null, .bool, .number, .array, .object: return YAMLWriter.inline(value)
    }
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendQuoted(text, escaping: .yaml)
    return bytes
  }

  /// A value in brackets.
  static func inFlow(_ value: JSONValue) -> [UInt8] {
    switch value {
    case .string(let text):
      let isPlain =
        text.canBePlainYAML
        && !text.utf8.contains { $0.isYAMLFlowIndicator || $0 == UInt8(ascii: ":") }
      return isPlain ? Array(text.utf8) : quoted(text)
    case .array(let elements):
      return Array("[".utf8) + elements.map(inFlow).joined(separator: Array(", ".utf8))
        + Array("]".utf8)
    case .object(let object):
      let members = object.members.map {
        inFlow(.string($0.key)) + Array(": ".utf8) + inFlow($0.value)
      }
      return Array("{".utf8) + members.joined(separator: Array(", ".utf8)) + Array("}".utf8)
    case .null, .bool, .number: return YAMLWriter.inline(value)
    }
  }

  /// The lines of an entry, without the first indentation and the last line break.
  func fragment(_ addition: EntryPlan.Addition, column: Int) -> [UInt8] {
    let value: JSONValue =
      addition.key.map { .object(JSONObject([($0, addition.value)])) } ?? [addition.value]
    return fragment(value, column: column)
  }

  /// The lines of a collection or a text at a column.
  private func fragment(_ value: JSONValue, column: Int) -> [UInt8] {
    withLineBreaks(YAMLWriter.fragment(value, column: column))
  }

  private func withLineBreaks(_ text: [UInt8]) -> [UInt8] {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Array(lines.joined(separator: lineBreak))
  }

  /// The comment on the first line of a block of text, with the blanks in front; empty if there is
  /// none.
  private func comment(of node: TextNode) -> ArraySlice<UInt8> {
    let header = bytes[node.range.lowerBound..<lines.textEnd(from: node.range.lowerBound)]
    return header.contains(UInt8(ascii: "#")) ? header.drop { !$0.isYAMLBlank } : []
  }

  /// A block of text with the indentation and the comment of the one before.
  private func block(_ value: JSONValue, like node: TextNode) -> [UInt8]? {
    guard case .string(let text) = value else { return nil }
    let headerEnd = lines.textEnd(from: node.range.lowerBound)
    let header = bytes[node.range.lowerBound..<headerEnd]
    var position = lines.end(from: headerEnd)
    while position < node.range.upperBound, lines.isBlank(lineAt: position) {
      position = lines.end(from: position)
    }
    let written = YAMLWriter.fragment(.string(text), column: 0)
    guard position < node.range.upperBound,
      let end = written.firstIndex(of: UInt8(ascii: "\n")),
      // Text with an indentation indicator keeps the writer's.
      !written[..<end].contains(UInt8(ascii: "2")),
      !header.prefix(while: { $0 != UInt8(ascii: "#") }).contains(where: {
        $0 >= UInt8(ascii: "1") && $0 <= UInt8(ascii: "9")
      })
    else { return nil }
    let column = bytes[position..<node.range.upperBound].prefix { $0 == UInt8(ascii: " ") }.count
    let content = written[(end + 1)...].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { line in
      line.isEmpty ? [] : [UInt8](repeating: UInt8(ascii: " "), count: column) + line.dropFirst(2)
    }
    return written[..<end] + comment(of: node) + lineBreak
      + Array(content.joined(separator: lineBreak))
  }
}
