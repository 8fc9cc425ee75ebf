/// Rewrites a YAML text in place, line by line outside of brackets.
struct YAMLRewriter {
  /// The context of a value.
  struct Parent {
    /// The end of the dash or colon.
    let signEnd: Int
    /// The column of the entry.
    let column: Int
    /// Whether it is a list item, so that a collection may begin on its line.
    let isItem: Bool

    /// The context of the value of an entry that begins a line, or follows a dash.
    init(_ entry: TextNode.Entry, in bytes: [UInt8]) {
      signEnd = entry.signEnd
      column = YAMLLines.column(of: entry.start, in: bytes)
      isItem = entry.key == nil
    }
  }

  /// How changes are written.
  struct Style {
    /// Whether a changed text of several lines becomes a block rather than a quoted text.
    var usesBlocks = true
    /// Which items that move keep their text.
    var movingText = MovingText.all

    /// Which items that move keep their text rather than being rendered again.
    enum MovingText: CaseIterable {
      case all
      /// Those without anchors and aliases, which may mean something else in another place.
      case withoutReferences
      case none
    }

    /// The styles, best first.
    static let all = MovingText.allCases.flatMap { moving in
      [true, false].map { Style(usesBlocks: $0, movingText: moving) }
    }
  }

  let bytes: [UInt8]
  let lines: YAMLLines
  let lineBreak: [UInt8]
  var edits: [TextEdit] = []
  /// Whether something cannot be rewritten in place.
  var isImpossible = false
  let style: Style
  private let keys: [String]
  /// The start of each anchor and alias.
  private let references: [Int]
  private var droppedAnchors: Set<Range<Int>> = []

  static func rewrite(
    _ bytes: [UInt8], _ before: JSONValue, to after: JSONValue, identifiedBy keys: [String],
    style: Style
  ) -> [UInt8]? {
    let scan = YAMLScanner(bytes)
    guard let root = YAMLTextNodes.root(of: scan, before) else { return nil }
    var rewriter = YAMLRewriter(scan, keys, style)
    if !rewriter.references.isEmpty {
      let plan = YAMLAnchorPlan(
        bytes, root, before, after, identifiedBy: keys,
        movesReferences: style.movingText == .all)
      rewriter.droppedAnchors = plan.droppedAnchors
      for alias in plan.writtenAliases { rewriter.write(alias) }
    }
    rewriter.edit(root, before, after, behind: nil)
    return rewriter.isImpossible ? nil : rewriter.edits.applied(to: bytes)
  }

  private init(_ scan: YAMLScanner, _ keys: [String], _ style: Style) {
    bytes = scan.bytes
    self.style = style
    references = scan.tokens.filter(\.isReference).map(\.range.lowerBound)
    self.keys = keys
    lines = YAMLLines(scan)
    lineBreak = scan.bytes.lineBreak
  }

  // MARK: Collections

  /// Edits a value; `parent` is `nil` in brackets and for the whole text.
  private mutating func edit(
    _ node: TextNode, _ before: JSONValue, _ after: JSONValue, behind parent: Parent?
  ) {
    // Aliases are edited by the plan for anchors.
    guard before != after, node.form != .alias else { return }
    if let anchor = node.anchor, droppedAnchors.contains(anchor) { removeProperty(anchor) }
    guard let plan = node.plan(from: before, to: after, identifiedBy: keys) else {
      return replace(node, after, behind: parent)
    }
    if node.form == .flow {
      if lines.hasComment(in: node.range) { isImpossible = true }
      let rewriter = self
      let flow = FlowEdits(
        bytes: bytes, node: node, render: { value, _ in Self.inFlow(value) },
        renderKey: { Self.inFlow(.string($0)) },
        move: { index, before, after in
          let entry = node.entries[index]
          return rewriter.text(
            of: entry, in: entry.start..<entry.node.range.upperBound, before, after, behind: nil)
        })
      edits += flow.edits(of: plan)
      for entry in plan.kept {
        edit(node.entries[entry.index].node, entry.before, entry.after, behind: nil)
      }
      return
    }
    // What is added to an entry comes before what is added behind it.
    for entry in plan.kept {
      let old = node.entries[entry.index]
      edit(old.node, entry.before, entry.after, behind: Parent(old, in: bytes))
    }
    editLines(node, plan)
  }

  private mutating func editLines(_ node: TextNode, _ plan: EntryPlan) {
    for index in plan.removed { remove(index, from: node) }
    guard let first = node.entries.first else { return }
    let column = lines.column(of: first.start)
    let indentation = [UInt8](repeating: UInt8(ascii: " "), count: column)
    let additions = Dictionary(grouping: plan.added, by: \.after)
    for (after, added) in additions {
      let texts = added.map { text(of: $0, in: node, column: column) }
      guard let after else {
        let next = node.entries[plan.kept[0].index]
        // A comment above an item belongs to it; one above a key may be about all of them.
        if next.key == nil, lines.isFirst(next.start) {
          let start = lines.ownStart(of: next.start)
          let separator = isSpaced(node, at: 1) ? lineBreak + lineBreak : lineBreak
          let replacement = texts.flatMap { indentation + $0 + separator }
          edits.append(TextEdit(range: start..<start, replacement: replacement))
          continue
        }
        // The entry may follow a dash.
        let start = next.start
        edits.append(
          TextEdit(
            range: start..<start, replacement: texts.flatMap { $0 + lineBreak + indentation }))
        continue
      }
      let end = lines.ownEnd(of: entryEnd(node.entries[after]), column: column)
      let isSpaced = isSpaced(node, at: max(after, 1))
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

  /// The lines of a new entry, or of one that moves, without the first indentation and the last line
  /// break.
  private mutating func text(
    of addition: EntryPlan.Addition, in node: TextNode, column: Int
  ) -> [UInt8] {
    guard let origin = addition.origin else { return fragment(addition, column: column) }
    let entry = node.entries[origin.index]
    guard lines.isFirst(entry.start) else { return fragment(addition, column: column) }
    let range = ownRange(of: entry)
    guard
      var text = text(
        of: entry, in: range, origin.before, addition.value,
        behind: Parent(entry, in: bytes))
    else {
      // Its comments would be lost.
      if lines.hasComment(in: range) { isImpossible = true }
      return fragment(addition, column: column)
    }
    if text.last == UInt8(ascii: "\n") { text.removeLast() }
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    return Array(text.dropFirst(column))
  }

  /// The text of an entry that moves, with the changes of its value; `nil` to render it.
  private func text(
    of entry: TextNode.Entry, in range: Range<Int>, _ before: JSONValue, _ after: JSONValue,
    behind parent: Parent?
  ) -> [UInt8]? {
    switch style.movingText {
    case .all: break
    case .withoutReferences:
      guard !references.contains(where: range.contains) else { return nil }
    case .none: return nil
    }
    var rewriter = self
    rewriter.edits = []
    rewriter.edit(entry.node, before, after, behind: parent)
    guard !rewriter.isImpossible,
      rewriter.edits.allSatisfy({
        range.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= range.upperBound
      })
    else { return nil }
    return rewriter.edits.applied(to: bytes, within: range)
  }

  /// Whether an empty line separates an entry from the one before it.
  private func isSpaced(_ node: TextNode, at index: Int) -> Bool {
    guard node.entries.indices.contains(index) else { return false }
    let start = lines.ownStart(of: node.entries[index].start)
    return start > 0 && lines.isBlank(lineAt: lines.start(of: start - 1))
  }

  private mutating func remove(_ index: Int, from node: TextNode) {
    let entry = node.entries[index]
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
    let range = ownRange(of: entry)
    var end = range.upperBound
    // If there are empty lines on both sides, those on one side stay.
    if index == 0 || lines.isBlank(lineAt: lines.start(of: range.lowerBound - 1)) {
      while end < bytes.count, lines.isBlank(lineAt: end) { end = lines.end(from: end) }
    }
    edits.append(TextEdit(range: range.lowerBound..<end, replacement: []))
  }

  /// Removes an anchor or a tag with the blanks before it, or at the start of a line after it.
  mutating func removeProperty(_ range: Range<Int>) {
    let blanks = bytes[..<range.lowerBound].reversed().prefix(while: \.isYAMLBlank).count
    let before = range.lowerBound - blanks
    guard blanks == 0 || before == 0 || bytes[before - 1].endsYAMLLine else {
      edits.append(TextEdit(range: before..<range.upperBound, replacement: []))
      return
    }
    let after = bytes[range.upperBound...].prefix(while: \.isYAMLBlank).count
    edits.append(
      TextEdit(range: range.lowerBound..<range.upperBound + after, replacement: []))
  }

  /// The lines of an entry that begins a line, with its comments.
  func ownRange(of entry: TextNode.Entry) -> Range<Int> {
    let end = lines.ownEnd(of: entryEnd(entry), column: lines.column(of: entry.start))
    return lines.ownStart(of: entry.start)..<end
  }

  private func entryEnd(_ entry: TextNode.Entry) -> Int { max(entry.node.end, entry.signEnd) }
}
