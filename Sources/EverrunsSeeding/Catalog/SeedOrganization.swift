import EverrunsDocuments

/// The organization that a catalog is for.
public struct SeedOrganization: Sendable, Hashable {
  /// The number of the organization; 1 is reserved for the default organization.
  public var orgID: Int
  /// The public id: `org_` and 32 hexadecimal digits.
  public var publicID: String
  /// The display name.
  public var name: String

  /// Creates an organization.
  public init(orgID: Int, publicID: String, name: String) {
    self.orgID = orgID
    self.publicID = publicID
    self.name = name
  }

  /// The number reserved for the default organization.
  static let reservedNumber = 1

  static let coding = ObjectCoding<SeedOrganization>(
    noun: "organization",
    blank: SeedOrganization(orgID: reservedNumber, publicID: "", name: ""),
    fields: [
      .required(
        "org_id", \.orgID, .constant(reservedNumber), "The number of the default organization"),
      .required("public_id", \.publicID, .text, "The public id"),
      .required("name", \.name, .text, "The name"),
    ])
}
