/// Rewrites a YAML text in place, line by line outside of brackets.
struct YAMLRewriter {
  /// The context of a value.
  private struct Parent {
    /// The end of the dash or colon.
    let signEnd: Int
    /// The column of the entry.
    let column: Int
    /// Whether it is a list item, so that a collection may begin on its line.
    let isItem: Bool
  }

  private let bytes: [UInt8]
  private let keys: [String]
  private let lines: YAMLLines
  private let lineBreak: [UInt8]
  private var edits: [TextEdit] = []
  /// Whether something cannot be rewritten in place.
  private var isImpossible = false

  static func rewrite(
    _ bytes: [UInt8], _ before: JSONValue, to after: JSONValue, identifiedBy keys: [String]
  ) -> [UInt8]? {
    let scan = YAMLScanner(bytes)
    guard let root = YAMLTextNodes.root(of: scan, before) else { return nil }
    var rewriter = YAMLRewriter(scan, keys)
    rewriter.edit(root, before, after, behind: nil)
    return rewriter.isImpossible ? nil : rewriter.edits.applied(to: bytes)
  }

  private init(_ scan: YAMLScanner, _ keys: [String]) {
    bytes = scan.bytes
    self.keys = keys
    lines = YAMLLines(scan)
    lineBreak = scan.bytes.lineBreak
  }

  // MARK: Collections

  /// Edits a value; `parent` is `nil` in brackets and for the whole text.
  private mutating func edit(
    _ node: TextNode, _ before: JSONValue, _ after: JSONValue, behind parent: Parent?
  ) {
    guard before != after else { return }
    guard node.form == .flow || node.form == .lines,
      let plan = EntryPlan(from: before, to: after, identifiedBy: keys), !plan.kept.isEmpty
    else { return replace(node, after, behind: parent) }
    if node.form == .flow {
      if lines.hasComment(in: node.range) { isImpossible = true }
      let flow = FlowEdits(
        bytes: bytes, node: node, render: { value, _ in Self.inFlow(value) },
        renderKey: { Self.inFlow(.string($0)) })
      edits += flow.edits(of: plan)
      for entry in plan.kept {
        edit(node.entries[entry.index].node, entry.before, entry.after, behind: nil)
      }
      return
    }
    editLines(node, plan)
    for entry in plan.kept {
      let old = node.entries[entry.index]
      let parent = Parent(
        signEnd: old.signEnd, column: lines.column(of: old.start), isItem: old.key == nil)
      edit(old.node, entry.before, entry.after, behind: parent)
    }
  }

  private mutating func editLines(_ node: TextNode, _ plan: EntryPlan) {
    for index in plan.removed { remove(index, from: node) }
    guard let first = node.entries.first else { return }
    let column = lines.column(of: first.start)
    let indentation = [UInt8](repeating: UInt8(ascii: " "), count: column)
    let additions = Dictionary(grouping: plan.added, by: \.after)
    for (after, added) in additions {
      let texts = added.map { fragment($0, column: column) }
      guard let after else {
        // Before the first entry, which may follow a dash.
        let start = node.entries[plan.kept[0].index].start
        edits.append(
          TextEdit(
            range: start..<start, replacement: texts.flatMap { $0 + lineBreak + indentation }))
        continue
      }
      let end = lines.ownEnd(of: entryEnd(node.entries[after]), column: column)
      let isSpaced = after > 0 && isSpaced(node, at: after)
      var replacement: [UInt8] = []
      for text in texts {
        replacement += (isSpaced ? lineBreak : []) + indentation + text + lineBreak
      }
      // The last line of a text may lack a line break.
      if end > 0, bytes[end - 1] != UInt8(ascii: "\n") {
        replacement = lineBreak + replacement.dropLast(lineBreak.count)
      }
      edits.append(TextEdit(range: end..<end, replacement: replacement))
    }
  }

  /// Whether an empty line separates an entry from the one before it.
  private func isSpaced(_ node: TextNode, at index: Int) -> Bool {
    let start = lines.ownStart(of: node.entries[index].start)
    return start > 0 && lines.isBlank(lineAt: lines.start(of: start - 1))
  }

  private mutating func remove(_ index: Int, from node: TextNode) {
    let entry = node.entries[index]
    let column = lines.column(of: entry.start)
    guard lines.isFirst(entry.start) else {
      // It follows the dash of an item: the next entry moves there.
      guard index + 1 < node.entries.count else {
        isImpossible = true
        return
      }
      let next = node.entries[index + 1].start
      if lines.hasComment(in: entry.start..<next) { isImpossible = true }
      edits.append(TextEdit(range: entry.start..<next, replacement: []))
      return
    }
    let start = lines.ownStart(of: entry.start)
    var end = lines.ownEnd(of: entryEnd(entry), column: column)
    // If there are empty lines on both sides, those on one side stay.
    if index == 0 || lines.isBlank(lineAt: lines.start(of: start - 1)) {
      while end < bytes.count, lines.isBlank(lineAt: end) { end = lines.end(from: end) }
    }
    edits.append(TextEdit(range: start..<end, replacement: []))
  }

  private func entryEnd(_ entry: TextNode.Entry) -> Int { max(entry.node.end, entry.signEnd) }

  // MARK: Values

  private mutating func replace(_ node: TextNode, _ value: JSONValue, behind parent: Parent?) {
    guard !node.hasProperties else {
      isImpossible = true
      return
    }
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
      edits.append(
        TextEdit(
          range: parent.signEnd..<parent.signEnd, replacement: [UInt8(ascii: " ")] + text))
    case .block:
      edits.append(
        TextEdit(
          range: node.range,
          replacement: text + (bytes[node.range].last == UInt8(ascii: "\n") ? lineBreak : [])))
    case .lines:
      // The rest of the line, such as a comment, stays.
      let isBelow = lines.start(of: node.range.lowerBound) > parent.signEnd
      let end = lines.ownEnd(of: node.end, column: parent.column)
      let sign = parent.signEnd
      edits.append(
        TextEdit(
          range: sign..<(isBelow ? sign : end),
          replacement: [UInt8(ascii: " ")] + text + (isBelow ? [] : lineBreak)))
      if isBelow { edits.append(TextEdit(range: lines.end(from: sign)..<end, replacement: [])) }
    }
  }

  /// Replaces a value with a collection or a text of several lines.
  private mutating func replace(
    _ node: TextNode, byLines value: JSONValue, behind parent: Parent
  ) {
    let column: Int
    if case .string = value { column = parent.column } else { column = parent.column + 2 }
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
      let start = node.form == .empty ? parent.signEnd : node.range.lowerBound
      let isBlockText = if case .string = value { true } else { false }
      if case .block = node.form, isBlockText {
        text = block(value, like: node) ?? text
      }
      var end = node.form == .empty ? parent.signEnd : node.range.upperBound
      var replacement = text
      if !isBlockText, !parent.isItem {
        // A collection begins on the line below its key.
        replacement = lineBreak + [UInt8](repeating: UInt8(ascii: " "), count: column) + text
      } else if node.form == .empty {
        replacement = [UInt8(ascii: " ")] + text
      }
      if node.form == .block, bytes[node.range].last == UInt8(ascii: "\n") {
        replacement += lineBreak
      } else if lines.textEnd(from: end) > end {
        // A comment stays after the colon or dash.
        let rest = bytes[end..<lines.textEnd(from: end)]
        end = lines.textEnd(from: end)
        let lineEnd = replacement.firstIndex(where: \.endsYAMLLine) ?? replacement.count
        replacement.insert(contentsOf: rest, at: lineEnd)
      }
      var from = start
      while replacement.first?.endsYAMLLine == true, from > parent.signEnd,
        bytes[from - 1].isYAMLBlank
      {
        from -= 1
      }
      edits.append(TextEdit(range: from..<end, replacement: replacement))
    }
  }
}

// MARK: - Writing

extension YAMLRewriter {
  /// A value on one line, in the style of the one before if that is possible.
  private func inline(_ value: JSONValue, like node: TextNode) -> [UInt8]? {
    switch value {
    case .array(let elements) where !elements.isEmpty: return nil
    case .object(let object) where !object.isEmpty: return nil
    case .string(let text):
      if text.canBeYAMLBlock { return nil }
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
  private static func inFlow(_ value: JSONValue) -> [UInt8] {
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
  private func fragment(_ addition: EntryPlan.Addition, column: Int) -> [UInt8] {
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
    // The text after the indicators, such as a comment.
    let rest = header.drop { !$0.isYAMLBlank }
    let content = written[(end + 1)...].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { line in
      line.isEmpty ? [] : [UInt8](repeating: UInt8(ascii: " "), count: column) + line.dropFirst(2)
    }
    return written[..<end] + rest + lineBreak
      + Array(content.joined(separator: lineBreak))
  }
}
