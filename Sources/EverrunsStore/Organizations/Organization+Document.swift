import Everruns
package import EverrunsDocuments
import EverrunsSeeding

extension Organization {
  /// The organization as an object.
  package var document: JSONObject {
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

  /// A public id for a new organization.
  package static func newPublicID(_ ids: UUIDGenerator) -> String { "org_" + ids.next().digits }

  /// Whether a text can be the name of an organization: one that shows something.
  package static func isName(_ text: String) -> Bool {
    text.unicodeScalars.contains {
      !$0.isInvisible && $0.properties.generalCategory != .control
    }
  }
}
