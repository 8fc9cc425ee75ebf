/// A three-way merge of JSON documents: the result contains the changes of both sides since a
/// common base.
///
/// Objects are merged by key, arrays of objects by identifier, and everything else as one value. If
/// both sides changed the same value differently, that is a conflict.
package struct JSONMerge: Sendable {
  /// One of the two sides.
  package enum Side: String, CaseIterable, Sendable {
    /// The document that the result replaces.
    case ours
    /// The document whose changes are merged in.
    case theirs
  }

  /// A conflict; `nil` stands for a missing value.
  package struct Conflict: Sendable, Equatable {
    /// The path of keys and identifiers.
    package let path: [String]
    /// The value in the base.
    package let base: JSONValue?
    /// Our value.
    package let ours: JSONValue?
    /// Their value.
    package let theirs: JSONValue?
    /// The claims on an identifier, if the values are two elements and not one that both sides
    /// changed.
    package let claims: Claims?

    /// Creates a conflict.
    package init(
      path: [String], base: JSONValue?, ours: JSONValue?, theirs: JSONValue?,
      claims: Claims? = nil
    ) {
      self.path = path
      self.base = base
      self.ours = ours
      self.theirs = theirs
      self.claims = claims
    }

    /// The identifiers in the base of two elements that have the same one now; `nil` for one that
    /// was added.
    package struct Claims: Sendable, Equatable {
      /// The identifier of our element.
      package let ours: String?
      /// The identifier of theirs.
      package let theirs: String?

      /// Creates claims.
      package init(ours: String?, theirs: String?) {
        self.ours = ours
        self.theirs = theirs
      }
    }
  }

  /// The merged document, with the preferred side's value in conflicts, or else ours.
  package let result: JSONValue
  /// The conflicts in document order, including those that the preferred side decides.
  package var conflicts: [Conflict]

  /// Merges two documents.
  ///
  /// - Parameters:
  ///   - base: The common base.
  ///   - ours: The document that the result replaces. Its order is kept, except where only their
  ///     side changed it.
  ///   - theirs: The document whose changes are merged in. Elements that it adds to an array keep
  ///     their predecessor.
  ///   - keys: The keys whose text identifies an object in an array, in order of precedence.
  ///   - side: The side that wins conflicts.
  package init(
    base: JSONValue, ours: JSONValue, theirs: JSONValue, identifiedBy keys: [String],
    preferring side: Side? = nil
  ) {
    var walk = MergeWalk(identifyingKeys: keys, preferred: side ?? .ours)
    result = walk.merged(base, ours, theirs, at: []) ?? .null
    conflicts = walk.conflicts
  }
}

/// The conflicts found so far while walking through three documents.
private struct MergeWalk {
  let identifyingKeys: [String]
  let preferred: JSONMerge.Side
  private(set) var conflicts: [JSONMerge.Conflict] = []

  init(identifyingKeys: [String], preferred: JSONMerge.Side) {
    self.identifyingKeys = identifyingKeys
    self.preferred = preferred
  }

  mutating func merged(
    _ base: JSONValue?, _ ours: JSONValue?, _ theirs: JSONValue?, at path: [String]
  ) -> JSONValue? {
    if ours == theirs || base == theirs { return ours }
    if base == ours { return theirs }
    if case .object(let ours)? = ours, case .object(let theirs)? = theirs {
      return .object(merged(base?.object ?? [:], ours, theirs, at: path))
    }
    if case .array(let ours)? = ours, case .array(let theirs)? = theirs,
      let lists = lists(base?.array ?? [], ours, theirs)
    {
      return .array(merged(lists, at: path))
    }
    return chosen(base, ours, theirs, at: path)
  }

  private mutating func chosen(
    _ base: JSONValue?, _ ours: JSONValue?, _ theirs: JSONValue?, at path: [String]
  ) -> JSONValue? {
    conflicts.append(.init(path: path, base: base, ours: ours, theirs: theirs))
    return switch preferred {
    case .ours: ours
    case .theirs: theirs
    }
  }

  private mutating func merged(
    _ base: JSONObject, _ ours: JSONObject, _ theirs: JSONObject, at path: [String]
  ) -> JSONObject {
    let keys = ours.members.map(\.key) + theirs.members.map(\.key).filter { ours[$0] == nil }
    var result: [JSONObject.Member] = []
    for key in keys {
      if let value = merged(base[key], ours[key], theirs[key], at: path + [key]) {
        result.append(.init(key: key, value: value))
      }
    }
    return JSONObject(result)
  }

  // MARK: Arrays

  /// The elements of an array, by identifier.
  private struct List {
    let identifiers: [String]
    let elements: [String: JSONValue]
  }

  private typealias Lists = (base: List, ours: List, theirs: List)

  /// The arrays, if every element of each is an object with a unique identifier.
  private func lists(
    _ base: [JSONValue], _ ours: [JSONValue], _ theirs: [JSONValue]
  ) -> Lists? {
    guard let base = list(base), let ours = list(ours), let theirs = list(theirs) else {
      return nil
    }
    return (base, ours, theirs)
  }

  private func list(_ elements: [JSONValue]) -> List? {
    let identifiers = elements.compactMap { element in
      element.object == nil ? nil : element.identifyingText(by: identifyingKeys)
    }
    guard Set(identifiers).count == elements.count else { return nil }
    return List(
      identifiers: identifiers, elements: Dictionary(firstByKey: zip(identifiers, elements)))
  }

  private mutating func merged(_ lists: Lists, at path: [String]) -> [JSONValue] {
    let (base, ours, theirs) = lists
    let met = Set(ours.identifiers)
    var result: [String: JSONValue] = [:]
    for identifier in ours.identifiers + theirs.identifiers.filter({ !met.contains($0) }) {
      result[identifier] = merged(
        base.elements[identifier], ours.elements[identifier], theirs.elements[identifier],
        at: path + [identifier])
    }
    return order(lists, at: path).compactMap { result[$0] }
  }

  /// The identifiers of both sides, in the order of the result.
  private mutating func order(_ lists: Lists, at path: [String]) -> [String] {
    let (base, ours, theirs) = lists
    let isShared = { (identifier: String) in
      base.elements[identifier] != nil && ours.elements[identifier] != nil
        && theirs.elements[identifier] != nil
    }
    let baseOrder = base.identifiers.filter(isShared)
    let ourOrder = ours.identifiers.filter(isShared)
    let theirOrder = theirs.identifiers.filter(isShared)
    if ourOrder == theirOrder || baseOrder == theirOrder {
      return Self.merged(ours.identifiers, with: theirs.identifiers)
    }
    if baseOrder == ourOrder {
      return Self.merged(theirs.identifiers, with: ours.identifiers)
    }
    _ = chosen(.strings(baseOrder), .strings(ourOrder), .strings(theirOrder), at: path)
    return switch preferred {
    case .ours: Self.merged(ours.identifiers, with: theirs.identifiers)
    case .theirs: Self.merged(theirs.identifiers, with: ours.identifiers)
    }
  }

  /// The elements of one order, each followed by those that follow it only in another order.
  private static func merged(_ leading: [String], with other: [String]) -> [String] {
    let known = Set(leading)
    var first: [String] = []
    var following: [String: [String]] = [:]
    var anchor: String?
    for identifier in other {
      if known.contains(identifier) {
        anchor = identifier
      } else if let anchor {
        following[anchor, default: []].append(identifier)
      } else {
        first.append(identifier)
      }
    }
    return first + leading.flatMap { [$0] + (following[$0] ?? []) }
  }
}
