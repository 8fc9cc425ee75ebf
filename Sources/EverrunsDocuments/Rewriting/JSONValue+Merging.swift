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
      for (before, after) in ElementMatching(from: old, to: new, identifiedBy: keys).pairs {
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

/// The pairs of matching elements of two arrays, in the order of both.
struct ElementMatching {
  /// The indexes in both arrays, in ascending order.
  let pairs: [(before: Int, after: Int)]

  /// Matches elements by identifier; if identifiers are not unique, equal elements at both ends,
  /// and those in between by position.
  init(from before: [JSONValue], to after: [JSONValue], identifiedBy keys: [String]) {
    let identity = { (element: JSONValue) in
      ExactText(element.identifyingText(by: keys) ?? element.canonicalJSON)
    }
    let old = before.map(identity)
    let new = after.map(identity)
    let positions = Dictionary(firstByKey: zip(old, old.indices))
    if positions.count == old.count, Set(new).count == new.count {
      let kept = Set(new.compactMap { positions[$0] }.longestIncreasingSubsequence)
      let found = new.enumerated().compactMap { index, identity in
        positions[identity].flatMap { kept.contains($0) ? (before: $0, after: index) : nil }
      }
      pairs = Self.addingRenamed(to: found, before, after)
      return
    }
    let start = zip(before, after).prefix { $0 == $1 }.count
    let end = zip(before.dropFirst(start).reversed(), after.dropFirst(start).reversed())
      .prefix { $0 == $1 }.count
    let middle = min(before.count, after.count) - start - end
    pairs =
      (0..<start + middle).map { ($0, $0) }
      + (0..<end).reversed().map { (before.count - 1 - $0, after.count - 1 - $0) }
  }

  /// Adds pairs of scalars, and of objects with different identifiers and similar contents: between
  /// two pairs or at an end, with equally many on both sides.
  private static func addingRenamed(
    to pairs: [(before: Int, after: Int)], _ before: [JSONValue], _ after: [JSONValue]
  ) -> [(before: Int, after: Int)] {
    var result: [(before: Int, after: Int)] = []
    var start = (before: 0, after: 0)
    for pair in pairs + [(before.count, after.count)] {
      let old = start.before..<pair.before
      let new = start.after..<pair.after
      if old.count == new.count {
        result += zip(old, new).filter { before[$0].resembles(after[$1]) }
          .map { (before: $0, after: $1) }
      }
      if pair.before < before.count { result.append(pair) }
      start = (pair.before + 1, pair.after + 1)
    }
    return result
  }
}

extension JSONValue {
  /// Whether both are scalars, or objects of which at least half of the members are equal.
  fileprivate func resembles(_ other: JSONValue) -> Bool {
    switch (self, other) {
    case (.object(let object), .object(let other)):
      object.members.count { other[$0.key] == $0.value } * 2 >= object.count
    case (.array, _), (.object, _), (_, .array), (_, .object): false
    default: true
    }
  }
}
