/// Rewrites a JSON or YAML text in place: everything that does not change stays byte for byte.
package enum DocumentRewriting {
  /// The text with the changes between two documents.
  ///
  /// Comments, the order of keys, quotes, indentation, line endings and a byte-order mark are kept;
  /// a list item is moved and removed with its comments. Anchors and aliases are kept where their
  /// values still agree, and the result names those that could not stay. It is read again to verify
  /// its value.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - isYAML: Whether it is YAML rather than JSON.
  ///   - old: The document that the text contains, with every key.
  ///   - new: The document that the text should contain.
  ///   - keys: The keys whose text identifies an object in a list.
  /// - Returns: `nil` if the text cannot be rewritten in place, as around comments in brackets; it
  ///   can then only be replaced as a whole.
  package static func rewrite(
    _ bytes: [UInt8], isYAML: Bool, from old: JSONValue, to new: JSONValue,
    identifiedBy keys: [String]
  ) -> RewrittenText? {
    let mark = byteOrderMark(of: bytes)
    let text = Array(bytes.dropFirst(mark.count))
    guard let source = value(of: text, isYAML: isYAML) else { return nil }
    let target = source.merging(from: old, to: new, identifiedBy: keys)
    guard source != target else { return RewrittenText(bytes: bytes) }
    // What follows a block of text, such as a blank line, may become part of it, and an alias may
    // move to where its name means something else. Texts are then quoted, and moved items without
    // comments rendered again.
    for style in isYAML ? YAMLRewriter.Style.all : [YAMLRewriter.Style()] {
      let changed =
        isYAML
        ? YAMLRewriter.rewrite(text, source, to: target, identifiedBy: keys, style: style)
        : JSONRewriter.rewrite(text, source, to: target, identifiedBy: keys)
      if let changed, let result = value(of: changed, isYAML: isYAML),
        result.sortingKeys == target.sortingKeys
      {
        return RewrittenText(
          bytes: mark + changed,
          lostReferences: isYAML
            ? YAMLAnchorPlan.lostReferences(
              from: text, source, to: changed, target, identifiedBy: keys) : [])
      }
    }
    return nil
  }

  /// A text that replaces another one as a whole, with its byte-order mark and line ends.
  ///
  /// - Parameters:
  ///   - text: The new text, with LF as line ends.
  ///   - bytes: The text that it replaces.
  ///   - isYAML: Whether both are YAML rather than JSON.
  /// - Returns: The bytes of the new text.
  package static func text(_ text: String, like bytes: [UInt8], isYAML: Bool) -> [UInt8] {
    let plain = Array(text.utf8)
    let lineFeed = UInt8(ascii: "\n")
    let carriageReturn = UInt8(ascii: "\r")
    guard let end = bytes.firstIndex(of: lineFeed), end > 0, bytes[end - 1] == carriageReturn else {
      return byteOrderMark(of: bytes) + plain
    }
    let converted = plain.flatMap { $0 == lineFeed ? [carriageReturn, $0] : [$0] }
    let isSame = value(of: converted, isYAML: isYAML) == value(of: plain, isYAML: isYAML)
    return byteOrderMark(of: bytes) + (isSame ? converted : plain)
  }

  private static func byteOrderMark(of bytes: [UInt8]) -> [UInt8] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return bytes.starts(with: mark) ? mark : []
  }

  private static func value(of text: [UInt8], isYAML: Bool) -> JSONValue? {
    (try? isYAML ? YAMLReader.read(text) : JSONReader.read(text))?.value
  }
}

/// A text that was rewritten in place.
package struct RewrittenText: Equatable, Sendable {
  /// The text in UTF-8.
  package let bytes: [UInt8]
  /// The anchors (`&name`) and aliases (`*name`) of values that are still there without them.
  ///
  /// These are aliases whose value is written out, and anchors without a use: each once, sorted.
  package var lostReferences: [String] = []
}

/// A range of a text and its replacement.
struct TextEdit {
  let range: Range<Int>
  let replacement: [UInt8]
}

extension [TextEdit] {
  /// A part of the text after all edits, which lie within it; `nil` if two of them overlap.
  func applied(to bytes: [UInt8], within part: Range<Int>) -> [UInt8]? {
    map { edit in
      let start = edit.range.lowerBound - part.lowerBound
      return TextEdit(range: start..<start + edit.range.count, replacement: edit.replacement)
    }.applied(to: [UInt8](bytes[part]))
  }

  /// The text after all edits; `nil` if two of them overlap.
  ///
  /// At the same position, insertions come before deletions, in the given order.
  func applied(to text: [UInt8]) -> [UInt8]? {
    let sorted = enumerated().sorted { a, b in
      (a.element.range.lowerBound, a.element.range.upperBound, a.offset)
        < (b.element.range.lowerBound, b.element.range.upperBound, b.offset)
    }
    var result: [UInt8] = []
    var position = 0
    for (_, edit) in sorted {
      guard edit.range.lowerBound >= position else { return nil }
      result += text[position..<edit.range.lowerBound]
      result += edit.replacement
      position = edit.range.upperBound
    }
    return result + text[position...]
  }
}

/// How each entry of a collection is kept, changed, removed or added.
struct EntryPlan {
  /// A new entry, after an old one that stays; `nil` for the beginning.
  struct Addition {
    let after: Int?
    let key: String?
    let value: JSONValue
    /// The old entry that moves here; it is removed from its place.
    var origin: (index: Int, before: JSONValue)?
  }

  /// The entries that stay, with their old and new values.
  var kept: [(index: Int, before: JSONValue, after: JSONValue)] = []
  var removed: [Int] = []
  var added: [Addition] = []

  /// The plan that turns one collection into another; `nil` if they are of different kinds.
  init?(from before: JSONValue, to after: JSONValue, identifiedBy keys: [String]) {
    switch (before, after) {
    case (.array(let old), .array(let new)):
      let matching = ElementMatching(from: old, to: new, identifiedBy: keys)
      let origins = Dictionary(firstByKey: matching.pairs.map { ($0.after, $0.before) })
      let moves = Dictionary(firstByKey: matching.moved.map { ($0.after, $0.before) })
      let isKept = Set(matching.pairs.map(\.before))
      removed = old.indices.filter { !isKept.contains($0) }
      var last: Int?
      for (index, value) in new.enumerated() {
        if let origin = origins[index] {
          kept.append((origin, old[origin], value))
          last = origin
        } else {
          added.append(
            Addition(
              after: last, key: nil, value: value, origin: moves[index].map { ($0, old[$0]) }))
        }
      }
    case (.object(let old), .object(let new)):
      removed = old.members.indices.filter { new[old.members[$0].key] == nil }
      let positions = Dictionary(
        firstByKey: old.members.enumerated().map { (ExactText($1.key), $0) })
      var last: Int?
      for member in new.members {
        if let origin = positions[ExactText(member.key)] {
          kept.append((origin, old.members[origin].value, member.value))
          last = origin
        } else {
          added.append(Addition(after: last, key: member.key, value: member.value))
        }
      }
    default: return nil
    }
  }
}
