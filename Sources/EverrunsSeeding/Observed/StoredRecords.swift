import EverrunsDocuments

/// The rows of one kind that a store holds, found by id and by natural key.
struct StoredRecords {
  private let byID: [String: StoredRecord]
  private let byKey: [[UInt8]: [StoredRecord]]
  private let key: [String]

  /// - Parameter key: The fields of the natural key.
  init(_ records: [StoredRecord], key: [String]) {
    self.key = key
    byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    byKey = Dictionary(grouping: records) { Self.bytes(of: $0.fields, key) }
  }

  /// The row of an id.
  func withID(_ id: String?) -> StoredRecord? { id.flatMap { byID[$0] } }

  /// The rows that have the natural key of a content.
  func with(keyOf content: JSONObject) -> [StoredRecord] {
    byKey[Self.bytes(of: content, key)] ?? []
  }

  /// The natural key as bytes: texts that differ only in Unicode normalization are different keys.
  private static func bytes(of fields: JSONObject, _ key: [String]) -> [UInt8] {
    Array(JSONValue.array(key.map { fields[$0] ?? .null }).canonicalJSON.utf8)
  }
}
