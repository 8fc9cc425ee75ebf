/// An organization to be created.
package struct NewOrganization: Sendable {
  /// The public id.
  package let publicID: String
  /// The name, which other organizations may have too.
  package let name: String
  /// The number of its row; `nil` if the store chooses one.
  package let number: Int?

  /// Creates a description of an organization.
  package init(publicID: String, name: String, number: Int? = nil) {
    self.publicID = publicID
    self.name = name
    self.number = number
  }
}
