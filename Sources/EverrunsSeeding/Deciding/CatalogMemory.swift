import EverrunsDocuments

/// What was last applied to the rows of one kind, for the rows of a catalog.
///
/// A catalog may give a row another seed id; the row stays the one to which its content was applied.
struct CatalogMemory {
  private let applied: [String: SeedMemory]
  /// The catalog rows that stored rows were made for: their seed ids by stored id.
  private let owners: [String: String]
  /// What was applied under seed ids that the catalog no longer has, by natural key: of several, that
  /// of the least seed id.
  private let formerByKey: [RecordKey: SeedMemory]
  /// The same by stored id, with all of these seed ids in order.
  private let formerByRow: [String: [(seedID: String, memory: SeedMemory)]]
  private let key: [String]

  /// - Parameters:
  ///   - applied: What was last applied, by seed id.
  ///   - wanted: The seed ids of the catalog.
  ///   - key: The fields of the natural key.
  init(_ applied: [String: SeedMemory], wanted: Set<String>, key: [String]) {
    self.applied = applied
    self.key = key
    owners = Dictionary(
      applied.filter { wanted.contains($0.key) }.map { ($0.value.id, $0.key) },
      uniquingKeysWith: min)
    let former = applied.filter { !wanted.contains($0.key) }
      .sorted { $0.key.precedesInBytes($1.key) }.map { (seedID: $0.key, memory: $0.value) }
    formerByKey = Dictionary(
      former.map { (RecordKey(of: $0.memory.content, key), $0.memory) },
      uniquingKeysWith: { first, _ in first })
    formerByRow = Dictionary(grouping: former) { $0.memory.id }
  }

  /// What was last applied to a catalog row, under its seed id or, if it has a new one, under a
  /// former one.
  func lastApplied(to record: DesiredRecord, _ content: JSONObject) -> SeedMemory? {
    applied[record.seedID]
      ?? (record.naturalKey.isEmpty ? nil : formerByKey[RecordKey(of: content, key)])
  }

  /// What was last applied to a stored row under a seed id that the catalog no longer has.
  func lastApplied(toRow id: String) -> SeedMemory? { formerByRow[id]?.first?.memory }

  /// Whether a stored row was made for another row of the catalog.
  func isOfAnother(_ id: String, than seedID: String) -> Bool {
    owners[id].map { $0 != seedID } ?? false
  }

  /// The seed ids, which the catalog no longer has, under which a stored row is remembered.
  func formerSeedIDs(ofRow id: String) -> [String] { (formerByRow[id] ?? []).map(\.seedID) }
}
