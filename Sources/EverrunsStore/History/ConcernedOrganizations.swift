import EverrunsDocuments

/// The organizations that an entry of the history concerns.
package enum ConcernedOrganizations: Sendable, Hashable {
  /// All of them, whichever there were.
  case all
  /// These; an entry about a definition concerns none.
  case listed([Member])

  /// One of the organizations.
  package struct Member: Sendable, Hashable {
    /// The public id, which never changes.
    package let publicID: String
    /// The name before the change.
    package let name: String

    /// Creates a member.
    ///
    /// - Parameters:
    ///   - publicID: The public id.
    ///   - name: The name before the change.
    package init(publicID: String, name: String) {
      self.publicID = publicID
      self.name = name
    }
  }

  /// No organization.
  static let noOrganization = ConcernedOrganizations.listed([])
}

extension ConcernedOrganizations {
  private static let allKey = "all"
  private static let listKey = "organizations"

  /// The value as the history holds it: `{"all":true}`, or the names by id.
  var stored: String {
    let object: JSONObject =
      switch self {
      case .all: [Self.allKey: true]
      case .listed(let members):
        [
          Self.listKey: .object(
            members.reduce(into: JSONObject()) { $0[$1.publicID] = .string($1.name) })
        ]
      }
    return JSONValue.object(object).canonicalJSON
  }

  /// Reads a stored value; `nil` if another program wrote something else there.
  init?(stored text: String) {
    guard case .object(let object)? = try? JSONValue(json: text) else { return nil }
    if object[Self.allKey] == true {
      self = .all
    } else if case .object(let names)? = object[Self.listKey] {
      let members = names.members.compactMap { member in
        member.value.string.map { Member(publicID: member.key, name: $0) }
      }
      guard members.count == names.count else { return nil }
      self = .listed(members)
    } else {
      return nil
    }
  }
}
