/// Rewrites a JSON text in place.
struct JSONRewriter {
  private let bytes: [UInt8]
  private let keys: [String]
  private let lineBreak: [UInt8]
  /// The indentation of each level.
  private let step: [UInt8]
  private let isOneLine: Bool
  private var edits: [TextEdit] = []

  static func rewrite(
    _ bytes: [UInt8], _ before: JSONValue, to after: JSONValue, identifiedBy keys: [String]
  ) -> [UInt8]? {
    guard let root = JSONTextNodes.root(of: bytes, before) else { return nil }
    var rewriter = JSONRewriter(bytes, keys)
    rewriter.edit(root, before, after)
    return rewriter.edits.applied(to: bytes)
  }

  private init(_ bytes: [UInt8], _ keys: [String]) {
    self.bytes = bytes
    self.keys = keys
    lineBreak = bytes.lineBreak
    isOneLine = !bytes.contains(where: \.endsYAMLLine)
    // The blanks before the first indented line; two if everything is on one line.
    let lines = bytes.split(separator: UInt8(ascii: "\n")).dropFirst()
    let blanks = lines.lazy.map { $0.prefix(while: \.isYAMLBlank) }.first { !$0.isEmpty }
    step = blanks.map(Array.init) ?? Array("  ".utf8)
  }

  private mutating func edit(_ node: TextNode, _ before: JSONValue, _ after: JSONValue) {
    guard before != after else { return }
    guard node.form == .flow, let plan = EntryPlan(from: before, to: after, identifiedBy: keys),
      !plan.kept.isEmpty
    else {
      edits.append(
        TextEdit(range: node.range, replacement: render(after, indentation(of: node))))
      return
    }
    let rewriter = self
    let flow = FlowEdits(
      bytes: bytes, node: node, render: { rewriter.render($0, $1) },
      renderKey: { JSONWriter.bytes(of: .string($0), style: .pretty) },
      move: { rewriter.text(node.entries[$0].node, $1, $2) })
    edits += flow.edits(of: plan)
    for entry in plan.kept { edit(node.entries[entry.index].node, entry.before, entry.after) }
  }

  /// The text of an element that moves, with the changes of its value.
  private func text(_ node: TextNode, _ before: JSONValue, _ after: JSONValue) -> [UInt8]? {
    var rewriter = self
    rewriter.edits = []
    rewriter.edit(node, before, after)
    return rewriter.edits.applied(to: bytes, within: node.range)
  }

  /// The indentation of the line on which a value begins; `nil` if the whole text is on one line.
  private func indentation(of node: TextNode) -> [UInt8]? {
    guard !isOneLine else { return nil }
    let start = bytes[..<node.range.lowerBound].lastIndex(where: \.endsYAMLLine).map { $0 + 1 } ?? 0
    return Array(bytes[start..<node.range.lowerBound].prefix(while: \.isYAMLBlank))
  }

  /// A value over several lines with an indentation, or on one line for `nil`.
  private func render(_ value: JSONValue, _ indentation: [UInt8]?) -> [UInt8] {
    guard let indentation else {
      return JSONWriter.bytes(of: value, style: .pretty).inOneLine
    }
    // The writer indents by two blanks per level.
    let lines = JSONWriter.bytes(of: value, style: .pretty)
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Array(
      lines.enumerated().map { number, line -> [UInt8] in
        let blanks = line.prefix { $0 == UInt8(ascii: " ") }.count
        guard number > 0 else { return Array(line) }
        return indentation + repeatElement(step, count: blanks / 2).joined()
          + line.dropFirst(blanks)
      }.joined(separator: lineBreak))
  }
}

extension [UInt8] {
  /// The line ending of the text: that of its first line.
  var lineBreak: [UInt8] {
    guard let end = firstIndex(of: UInt8(ascii: "\n")) else { return [UInt8(ascii: "\n")] }
    return end > 0 && self[end - 1] == UInt8(ascii: "\r")
      ? [UInt8(ascii: "\r"), UInt8(ascii: "\n")] : [UInt8(ascii: "\n")]
  }

  /// Indented JSON joined into one line; strings contain no raw newlines.
  var inOneLine: [UInt8] {
    let lines = split(separator: UInt8(ascii: "\n")).map { $0.drop { $0 == UInt8(ascii: " ") } }
    var result: [UInt8] = []
    for line in lines {
      if result.last == UInt8(ascii: ",") { result.append(UInt8(ascii: " ")) }
      result += line
    }
    return result
  }
}
