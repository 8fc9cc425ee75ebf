import EverrunsDocuments

/// What was last applied to the rows of one kind, for the rows of a catalog.
///
/// A catalog may give a row another seed id; the row stays the one to which its content was applied.
struct CatalogMemory {
  private let applied: [String: SeedMemory]
  /// The catalog rows that stored rows were made for: their seed ids by stored id.
  private let owners: [String: String]
  /// What was applied under seed ids that the catalog no longer has, in order of these ids.
  private let former: [(seedID: String, memory: SeedMemory)]

  /// - Parameters:
  ///   - applied: What was last applied, by seed id.
  ///   - wanted: The seed ids of the catalog.
  init(_ applied: [String: SeedMemory], wanted: Set<String>) {
    self.applied = applied
    owners = Dictionary(
      applied.filter { wanted.contains($0.key) }.map { ($0.value.id, $0.key) },
      uniquingKeysWith: min)
    former = applied.filter { !wanted.contains($0.key) }
      .sorted { $0.key.precedesInBytes($1.key) }.map { ($0.key, $0.value) }
  }

  /// What was last applied to a catalog row, under its seed id or, if it has a new one, under a
  /// former one.
  func lastApplied(to record: DesiredRecord, _ content: JSONObject) -> SeedMemory? {
    let key = record.naturalKey.keys.sorted()
    return applied[record.seedID]
      ?? former.first { _, memory in
        !key.isEmpty && RecordKey(of: memory.content, key) == RecordKey(of: content, key)
      }?.memory
  }

  /// What was last applied to a stored row under a seed id that the catalog no longer has.
  func lastApplied(toRow id: String) -> SeedMemory? {
    former.first { $0.memory.id == id }?.memory
  }

  /// Whether a stored row was made for another row of the catalog.
  func isOfAnother(_ id: String, than seedID: String) -> Bool {
    owners[id].map { $0 != seedID } ?? false
  }

  /// The seed ids, which the catalog no longer has, under which a stored row is remembered.
  func formerSeedIDs(ofRow id: String) -> [String] {
    former.filter { $0.memory.id == id }.map(\.seedID)
  }
}
