extension JSONValue {
  /// This value with the changes between two documents.
  ///
  /// The value is the user's; `old` and `new` are documents written in full. What does not differ
  /// between them stays as the user wrote it: omitted keys, short forms, the order of keys.
  func merging(from old: JSONValue, to new: JSONValue, identifiedBy keys: [String]) -> JSONValue {
    guard old != new else { return self }
    switch (self, old, new) {
    case (.object(let object), .object(let old), .object(let new)):
      return .object(object.merging(from: old, to: new, identifiedBy: keys))
    case (.array(let elements), .array(let old), .array(let new))
    where elements.count == old.count:
      var result = new
      let matching = ElementMatching(from: old, to: new, identifiedBy: keys)
      for (before, after) in matching.pairs + matching.moved {
        result[after] = elements[before].merging(
          from: old[before], to: new[after], identifiedBy: keys)
      }
      return .array(result)
    default: return new
    }
  }
}

extension JSONObject {
  fileprivate func merging(
    from old: JSONObject, to new: JSONObject, identifiedBy keys: [String]
  ) -> JSONObject {
    var members = self.members.filter { old[$0.key] == nil || new[$0.key] != nil }
    var positions = Dictionary(
      firstByKey: members.enumerated().map { (ExactText($1.key), $0) })
    var added: [Int: [Member]] = [:]
    // The position of a new member: after the nearest member before it that the user wrote.
    var anchor = -1
    for member in new.members {
      let position = positions[ExactText(member.key)]
      if let position { anchor = position }
      let before = old[member.key]
      guard before != member.value else { continue }
      if let position, let before {
        members[position].value = members[position].value.merging(
          from: before, to: member.value, identifiedBy: keys)
      } else if let position {
        members[position].value = member.value
      } else {
        added[anchor, default: []].append(member)
        positions[ExactText(member.key)] = anchor
      }
    }
    return JSONObject(
      (added[-1] ?? []) + members.enumerated().flatMap { [$1] + (added[$0] ?? []) })
  }
}

/// The pairs of matching elements of two arrays.
struct ElementMatching {
  /// The indexes in both arrays of the elements that keep their order, ascending.
  let pairs: [(before: Int, after: Int)]
  /// The indexes of the elements that move past others.
  let moved: [(before: Int, after: Int)]

  /// Matches equal elements at both ends, and those in between by identifier, the first of equal
  /// ones with the first.
  init(from before: [JSONValue], to after: [JSONValue], identifiedBy keys: [String]) {
    let start = zip(before, after).prefix { $0 == $1 }.count
    let end = zip(before.dropFirst(start).reversed(), after.dropFirst(start).reversed())
      .prefix { $0 == $1 }.count
    let old = Self.identities(of: before[start..<before.count - end], by: keys)
    let new = Self.identities(of: after[start..<after.count - end], by: keys)
    let positions = Dictionary(firstByKey: zip(old, old.indices))
    let kept = Set(new.compactMap { positions[$0] }.longestIncreasingSubsequence)
    var found = (0..<start).map { (before: $0, after: $0) }
    var moved: [(before: Int, after: Int)] = []
    for (index, identity) in new.enumerated() {
      guard let position = positions[identity] else { continue }
      let pair = (before: start + position, after: start + index)
      if kept.contains(position) { found.append(pair) } else { moved.append(pair) }
    }
    self.moved = moved
    found += (0..<end).reversed().map { (before.count - 1 - $0, after.count - 1 - $0) }
    let (isOld, isNew) = (Set(old), Set(new))
    pairs = Self.addingRenamed(to: found, counts: (before.count, after.count)) { index, newIndex in
      // A moved element is not another one under a new name.
      !isNew.contains(old[index - start]) && !isOld.contains(new[newIndex - start])
        && before[index].resembles(after[newIndex], identifiedBy: keys)
    }
  }

  /// What tells an element from others: its identifier or its value, and its number among equal
  /// ones.
  private struct Identity: Hashable {
    let text: ExactText
    let number: Int
  }

  private static func identities(
    of elements: ArraySlice<JSONValue>, by keys: [String]
  ) -> [Identity] {
    var counts: [ExactText: Int] = [:]
    return elements.map { element in
      let text = ExactText(element.identifyingText(by: keys) ?? element.canonicalJSON)
      let number = counts[text, default: 0]
      counts[text] = number + 1
      return Identity(text: text, number: number)
    }
  }

  /// Adds pairs of scalars, and of objects with different identifiers and similar contents: between
  /// two pairs or at an end, with equally many on both sides.
  private static func addingRenamed(
    to pairs: [(before: Int, after: Int)], counts: (before: Int, after: Int),
    where isRenamed: (_ before: Int, _ after: Int) -> Bool
  ) -> [(before: Int, after: Int)] {
    var result: [(before: Int, after: Int)] = []
    var start = (before: 0, after: 0)
    for pair in pairs + [counts] {
      let old = start.before..<pair.before
      let new = start.after..<pair.after
      if old.count == new.count {
        result += zip(old, new).filter { isRenamed($0, $1) }.map { (before: $0, after: $1) }
      }
      if pair.before < counts.before { result.append(pair) }
      start = (pair.before + 1, pair.after + 1)
    }
    return result
  }
}

extension JSONValue {
  /// Whether both are scalars, or objects without identifiers, or objects of which at least half of
  /// the members are equal.
  fileprivate func resembles(_ other: JSONValue, identifiedBy keys: [String]) -> Bool {
    switch (self, other) {
    case (.object(let object), .object(let members)):
      identifyingText(by: keys) == nil && other.identifyingText(by: keys) == nil
        || object.members.count { members[$0.key] == $0.value } * 2 >= object.count
    case (.array, _), (.object, _), (_, .array), (_, .object): false
    default: true
    }
  }
}
