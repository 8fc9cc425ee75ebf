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

  let bytes: [UInt8]
  let lines: YAMLLines
  let lineBreak: [UInt8]
  var edits: [TextEdit] = []
  /// Whether something cannot be rewritten in place.
  var isImpossible = false
  /// Whether a changed text of several lines becomes a block rather than a quoted text.
  let usesBlocks: Bool
  private let keys: [String]
  private var droppedAnchors: Set<Range<Int>> = []

  static func rewrite(
    _ bytes: [UInt8], _ before: JSONValue, to after: JSONValue, identifiedBy keys: [String],
    usesBlocks: Bool
  ) -> [UInt8]? {
    let scan = YAMLScanner(bytes)
    guard let root = YAMLTextNodes.root(of: scan, before) else { return nil }
    var rewriter = YAMLRewriter(scan, keys, usesBlocks: usesBlocks)
    if scan.tokens.contains(where: { $0.kind == .anchor || $0.kind == .alias }) {
      let plan = YAMLAnchorPlan(bytes, root, before, after, identifiedBy: keys)
      rewriter.droppedAnchors = plan.droppedAnchors
      for alias in plan.writtenAliases { rewriter.write(alias) }
    }
    rewriter.edit(root, before, after, behind: nil)
    return rewriter.isImpossible ? nil : rewriter.edits.applied(to: bytes)
  }

  private init(_ scan: YAMLScanner, _ keys: [String], usesBlocks: Bool) {
    bytes = scan.bytes
    self.usesBlocks = usesBlocks
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
      edit(old.node, entry.before, entry.after, behind: Parent(old, in: bytes))
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

  private func entryEnd(_ entry: TextNode.Entry) -> Int { max(entry.node.end, entry.signEnd) }
}
