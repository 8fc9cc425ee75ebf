import Everruns
package import EverrunsDocuments
import EverrunsSeeding
import Messages

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

  /// Why a text cannot be the name of an organization; `nil` if it can.
  package static func problem(ofName text: String) -> String? {
    if text.showsNothing { return "the name of an organization cannot be blank" }
    if isPublicID(text) { return "the name of an organization cannot look like a public id" }
    return nil
  }

  /// Whether a text has the form of a public id.
  ///
  /// Such a text never refers to a name.
  package static func isPublicID(_ text: String) -> Bool {
    IdentifierGrammar.organization.accepts(text)
  }
}
