/// The members of a JSON object, in order.
public struct JSONObject: Sendable {
  /// A key and its value.
  public struct Member: Sendable, Hashable {
    /// The key, unique in its object.
    public let key: String
    /// The value of the key.
    public var value: JSONValue

    /// Creates a member.
    public init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }

    /// Whether both have the same bytes.
    public static func == (a: Member, b: Member) -> Bool {
      a.key.hasSameBytes(as: b.key) && a.value == b.value
    }
  }

  /// The members, in order.
  public var members: [Member] {
    removed.isEmpty
      ? stored : stored.indices.filter { !removed.contains($0) }.map { stored[$0] }
  }

  /// The members, including removed ones of a large object that has not been compacted yet.
  private var stored: [Member]

  /// An index of the keys of a large object; small objects, nearly all, are searched.
  private var positions: [ExactText: Int]?

  /// The positions of removed members, which stay so that other positions do not change.
  private var removed: Set<Int> = []

  /// The number of members from which an object is large.
  private static let largeCount = 32

  /// Creates an object from members with unique keys.
  public init(_ members: [Member] = []) {
    stored = members
    indexKeysIfLarge()
  }

  /// Creates an object from pairs with unique keys.
  public init(_ members: some Sequence<(String, JSONValue)>) {
    self.init(members.map { Member(key: $0, value: $1) })
  }

  /// Whether there is no member.
  public var isEmpty: Bool { count == 0 }

  /// The number of members.
  package var count: Int { stored.count - removed.count }

  /// The value of a key; setting appends a new key at the end, and `nil` removes.
  public subscript(key: String) -> JSONValue? {
    get { position(of: key).map { stored[$0].value } }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?):
        stored[position].value = value
      case (let position?, nil):
        remove(key, at: position)
      case (nil, let value?):
        stored.append(Member(key: key, value: value))
        if positions != nil {
          positions?[ExactText(key)] = stored.count - 1
        } else if stored.count == Self.largeCount {
          indexKeysIfLarge()
        }
      case (nil, nil): break
      }
    }
  }

  private func position(of key: String) -> Int? {
    if let positions { return positions[ExactText(key)] }
    return stored.firstIndex { $0.key.hasSameBytes(as: key) }
  }

  private mutating func remove(_ key: String, at position: Int) {
    guard positions != nil else {
      stored.remove(at: position)
      return
    }
    positions?[ExactText(key)] = nil
    stored[position].value = .null
    removed.insert(position)
    // Compacts once per as many removals as there are members, so that removal takes constant time.
    guard removed.count * 2 > stored.count else { return }
    self = JSONObject(members)
  }

  private mutating func indexKeysIfLarge() {
    guard stored.count >= Self.largeCount else { return }
    positions = Dictionary(
      firstByKey: stored.enumerated().map { (ExactText($1.key), $0) })
  }

  /// Sets the members of another object; new keys are appended in its order.
  public mutating func merge(_ other: JSONObject) {
    for member in other.members {
      self[member.key] = member.value
    }
  }

  /// The same members sorted by key, also inside their values.
  public var sortingKeys: JSONObject {
    JSONObject(
      members
        .map { Member(key: $0.key, value: $0.value.sortingKeys) }
        .sorted { $0.key.precedesInBytes($1.key) })
  }
}

extension JSONObject: Hashable {
  /// Whether both have equal members in the same order.
  public static func == (a: JSONObject, b: JSONObject) -> Bool { a.members == b.members }

  /// Hashes the members.
  public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// An object, its keys in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements)
  }
}
