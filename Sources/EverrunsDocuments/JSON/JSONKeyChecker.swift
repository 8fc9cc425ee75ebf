/// Detects duplicate keys, for all objects that a parser has open.
///
/// Most objects have few keys: a number derived from each key is compared with those before it,
/// without allocating. From `tableSize` keys on there is a hash table with the standard library's
/// random seed, so that 100,000 adversarial keys take linear time.
struct JSONKeyChecker {
  /// The position of the first key of an object.
  struct Mark {
    fileprivate let base: Int
  }

  private struct Table {
    let base: Int
    var positions: [ExactText: Int]
  }

  private static let tableSize = 32

  /// The keys of the open objects, outermost first.
  private var fingerprints: [UInt64] = []
  private var tables: [Table] = []

  mutating func beginObject() -> Mark { Mark(base: fingerprints.count) }

  mutating func endObject(_ mark: Mark) {
    fingerprints.removeLast(fingerprints.count - mark.base)
    if tables.last?.base == mark.base { tables.removeLast() }
  }

  /// Adds a key to the innermost object, given its members so far; returns the position of the
  /// member with the same key, if there is one.
  @inline(__always)
  mutating func insert(
    _ key: String, after members: [SourceNode.Member], _ mark: Mark
  ) -> Int? {
    let fingerprint = Self.fingerprint(of: key)
    defer { fingerprints.append(fingerprint) }
    if members.count >= Self.tableSize { return insertInTable(key, after: members, mark) }
    for position in members.indices
    where fingerprints[mark.base + position] == fingerprint
      && members[position].key.hasSameBytes(as: key)
    {
      return position
    }
    return nil
  }

  private mutating func insertInTable(
    _ key: String, after members: [SourceNode.Member], _ mark: Mark
  ) -> Int? {
    if tables.last?.base != mark.base {
      let positions = members.enumerated().map { (ExactText($1.key), $0) }
      tables.append(
        Table(base: mark.base, positions: Dictionary(positions, uniquingKeysWith: { a, _ in a })))
    }
    let key = ExactText(key)
    let top = tables.count - 1
    if let position = tables[top].positions[key] { return position }
    tables[top].positions[key] = members.count
    return nil
  }

  /// A number that usually differs for different keys, from the length and both ends of the key.
  @inline(__always)
  private static func fingerprint(of key: String) -> UInt64 {
    key.withBytes { utf8 in
      var head = UInt64(truncatingIfNeeded: utf8.count)
      guard utf8.count >= 8 else {
        for byte in utf8 { head = head << 8 | UInt64(byte) }
        return head
      }
      let raw = UnsafeRawBufferPointer(utf8)
      let tail = raw.loadUnaligned(fromByteOffset: utf8.count - 8, as: UInt64.self)
      head ^= raw.loadUnaligned(as: UInt64.self) &* 0x9E37_79B9_7F4A_7C15
      return head ^ tail
    }
  }
}
