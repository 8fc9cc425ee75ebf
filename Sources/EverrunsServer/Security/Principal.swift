/// Who makes a request.
public struct Principal: Sendable, Hashable {
  /// What the server's log and the store's history call them.
  public var id: String
  /// The public id of the organization that their requests are about; `nil` to let each request
  /// choose one with the header `X-Org-Id`.
  public var organization: String?

  /// A principal of these parts.
  public init(id: String, organization: String? = nil) {
    self.id = id
    self.organization = organization
  }

  /// Anybody.
  public static let anonymous = Principal(id: "anonymous")
}
