import EverrunsDocuments

/// The stored rows of one kind, indexed by id and by natural key.
struct StoredRecords {
  private let byID: [String: StoredRecord]
  private let byKey: [RecordKey: [StoredRecord]]
  private let key: [String]

  /// Indexes rows by id and by natural key, whose fields are `key`.
  init(_ records: [StoredRecord], key: [String]) {
    self.key = key
    byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    byKey = Dictionary(grouping: records) { RecordKey(of: $0.fields, key) }
  }

  /// The row with an id.
  func withID(_ id: String?) -> StoredRecord? { id.flatMap { byID[$0] } }

  /// The rows with the natural key of a content.
  func with(keyOf content: JSONObject) -> [StoredRecord] {
    byKey[RecordKey(of: content, key)] ?? []
  }

  /// The natural keys in use.
  var places: RecordPlaces {
    RecordPlaces(
      byKey.mapValues { records in
        records.map { RecordHolder(id: $0.id, isMarkedAsDeleted: $0.isMarkedAsDeleted) }
      }, key: key)
  }
}

/// A natural key: strings that differ only in Unicode normalization are different keys.
struct RecordKey: Hashable {
  private let bytes: [UInt8]

  init(of fields: JSONObject, _ key: [String]) {
    bytes = Array(JSONValue.array(key.map { fields[$0] ?? .null }).canonicalJSON.utf8)
  }
}

/// The natural keys in use while a plan is made: those of stored rows, and those of earlier rows of
/// the plan.
struct RecordPlaces {
  private var holders: [RecordKey: [RecordHolder]]
  private let key: [String]

  init(_ holders: [RecordKey: [RecordHolder]], key: [String]) {
    self.holders = holders
    self.key = key
  }

  /// The other rows with the natural key of a content.
  func holders(ofKeyOf content: JSONObject, otherThan id: String?) -> [RecordHolder] {
    guard !key.isEmpty, !key.contains(where: { content[$0] ?? .null == .null }) else { return [] }
    return holders[RecordKey(of: content, key)]?.filter { $0.id != id } ?? []
  }

  /// Changes a row's key to that of a new content.
  mutating func move(_ id: String, from old: JSONObject?, to new: JSONObject) {
    if let old { holders[RecordKey(of: old, key)]?.removeAll { $0.id == id } }
    holders[RecordKey(of: new, key), default: []].append(RecordHolder(id: id))
  }
}
