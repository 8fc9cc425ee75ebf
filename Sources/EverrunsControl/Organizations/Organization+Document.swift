import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

extension Organization: Listed {
  var listName: String { publicID }

  /// The organization as an object.
  var document: JSONObject {
    [
      "org_id": .integer(orgID), "public_id": .string(publicID), "name": .string(name),
      "settings": .object(
        JSONObject(
          OrganizationSetting.allCases.map { setting in
            JSONObject.Member(
              key: setting.documentKey,
              value: settings[setting].map {
                ["id": .string($0.id), "name": .optional($0.name)]
              } ?? .null)
          })),
    ]
  }
}
