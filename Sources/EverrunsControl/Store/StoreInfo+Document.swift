import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

extension StoreInfo {
  /// What there is to say about the store, as an object.
  var document: JSONObject {
    [
      "path": .string(path), "id": .string(id), "schema_version": .integer(schemaVersion),
      "serial": .integer(serial), "journal_mode": .string(journalMode),
      "size_bytes": .integer(sizeInBytes), "platforms": .integer(platformCount),
      "counts": .object(
        JSONObject(
          RecordKind.allCases.compactMap { kind in
            counts[kind].map { JSONObject.Member(key: kind.rawValue, value: .integer($0)) }
          })),
    ]
  }
}
