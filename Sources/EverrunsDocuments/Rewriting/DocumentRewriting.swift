/// Changes a JSON or YAML text in its place: what the change does not touch stays byte for byte.
package enum DocumentRewriting {
  /// The text with the changes that turn one document into another.
  ///
  /// Comments, the order of keys, quotes, indentation, line ends and a byte-order mark stay; a part of
  /// a list that is removed takes its comments along. The result has been read again and holds what
  /// it should.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - isYAML: Whether it is YAML; else it is JSON.
  ///   - old: The document that the text was read as, with every key.
  ///   - new: The document that the text is to be read as.
  ///   - keys: The keys whose text identifies an object in a list.
  /// - Returns: `nil` where the text cannot be changed so, as around anchors; it can then be written
  ///   only as a whole.
  package static func rewrite(
    _ bytes: [UInt8], isYAML: Bool, from old: JSONValue, to new: JSONValue,
    identifiedBy keys: [String]
  ) -> [UInt8]? {
    let mark: [UInt8] = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
    let text = Array(bytes.dropFirst(mark.count))
    guard let source = value(of: text, isYAML: isYAML) else { return nil }
    let target = source.merging(from: old, to: new, identifiedBy: keys)
    guard source != target else { return bytes }
    let changed =
      isYAML
      ? YAMLRewriter.rewrite(text, source, to: target, identifiedBy: keys)
      : JSONRewriter.rewrite(text, source, to: target, identifiedBy: keys)
    guard let changed, let result = value(of: changed, isYAML: isYAML),
      result.sortingKeys == target.sortingKeys
    else { return nil }
    return mark + changed
  }

  private static func value(of text: [UInt8], isYAML: Bool) -> JSONValue? {
    (try? isYAML ? YAMLReader.read(text) : JSONReader.read(text))?.value
  }
}

/// A part of a text and what takes its place.
struct TextEdit {
  let range: Range<Int>
  let replacement: [UInt8]
}

extension [TextEdit] {
  /// The text with all edits made; `nil` if two of them touch the same bytes.
  ///
  /// Of edits at one place, what is put in comes before what is taken away, in the order given.
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
  /// A new entry, behind an old one that stays; `nil` for the front.
  struct Addition {
    let after: Int?
    let key: String?
    let value: JSONValue
  }

  /// The entries that stay, with the value they have and the one they get.
  var kept: [(index: Int, before: JSONValue, after: JSONValue)] = []
  var removed: [Int] = []
  var added: [Addition] = []

  /// The plan that turns one collection into another; `nil` if they are not of one kind.
  init?(from before: JSONValue, to after: JSONValue, identifiedBy keys: [String]) {
    switch (before, after) {
    case (.array(let old), .array(let new)):
      let matching = ElementMatching(from: old, to: new, identifiedBy: keys)
      let origins = Dictionary(firstByKey: matching.pairs.map { ($0.after, $0.before) })
      let isKept = Set(matching.pairs.map(\.before))
      removed = old.indices.filter { !isKept.contains($0) }
      var last: Int?
      for (index, value) in new.enumerated() {
        if let origin = origins[index] {
          kept.append((origin, old[origin], value))
          last = origin
        } else {
          added.append(Addition(after: last, key: nil, value: value))
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
