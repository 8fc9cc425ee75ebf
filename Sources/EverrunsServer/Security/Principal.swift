/// The principal of a request.
public struct Principal: Sendable, Hashable {
  /// The name in the server's log and the store's history.
  public var id: String
  /// The public id of the only organization they can use; `nil` to let each request choose one with
  /// the header `X-Org-Id`.
  public var organization: String?

  /// A principal of these parts.
  public init(id: String, organization: String? = nil) {
    self.id = id
    self.organization = organization
  }

  /// An unauthenticated principal.
  public static let anonymous = Principal(id: "anonymous")
}
