import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

extension StoreInfo {
  /// The facts about the store, as an object.
  var document: JSONObject {
    var object: JSONObject = [
      "path": .string(location.description), "id": .string(id),
      "schema_version": .integer(schemaVersion), "serial": .integer(serial),
    ]
    for detail in details { object[detail.key] = .string(detail.value) }
    object["size_bytes"] = .integer(sizeInBytes)
    object["platforms"] = .integer(platformCount)
    object["counts"] = .object(
      JSONObject(
        RecordKind.allCases.compactMap { kind in
          counts[kind].map { JSONObject.Member(key: kind.rawValue, value: .integer($0)) }
        }))
    return object
  }
}
