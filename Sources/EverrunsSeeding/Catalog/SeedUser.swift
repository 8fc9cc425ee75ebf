import EverrunsDocuments

/// A user of the default organization.
public struct SeedUser: Sendable, Hashable {
  /// When the user is seeded.
  public enum Condition: String, CaseIterable, Sendable {
    /// On every run.
    case always
    /// Never by seeding: the server creates its admin user if its authentication mode needs one.
    case authModeAdmin = "auth_mode_admin"
  }

  /// The row's id.
  public var id: String
  /// The email address for signing in, if known.
  public var email: String?
  /// The display name.
  public var name: String
  /// The user's roles on the platform.
  public var roles: [String]
  /// Whether the email address is verified.
  public var isEmailVerified: Bool
  /// The authentication provider.
  public var authProvider: String?
  /// The user's role in the organization.
  public var membershipRole: String
  /// When the user is seeded.
  public var when: Condition

  /// Creates a user.
  public init(
    id: String, email: String? = nil, name: String, roles: [String] = [],
    isEmailVerified: Bool = false, authProvider: String? = nil,
    membershipRole: String = "member", when: Condition = .always
  ) {
    self.id = id
    self.email = email
    self.name = name
    self.roles = roles
    self.isEmailVerified = isEmailVerified
    self.authProvider = authProvider
    self.membershipRole = membershipRole
    self.when = when
  }

  static let coding = ObjectCoding<SeedUser>(
    noun: "user",
    blank: SeedUser(id: "", name: ""),
    fields: [
      .required("id", \.id, .identifier(.uuid), "The id of the row"),
      .defaulted("email", \.email, .orNull(.text), "The email address for signing in, or null"),
      .required("name", \.name, .text, "The name that users see"),
      .defaulted("roles", \.roles, .list(.text), "The roles on the platform"),
      .defaulted(
        "email_verified", \.isEmailVerified, .bool, "Whether the email address is verified"),
      .defaulted(
        "auth_provider", \.authProvider, .orNull(.text), "The authentication provider, or null"),
      .defaulted("membership_role", \.membershipRole, .text, "The role in the organization"),
      .defaulted(
        "when", \.when, .choice(), "When the user is seeded; auth_mode_admin is left to the server"),
    ])
}
