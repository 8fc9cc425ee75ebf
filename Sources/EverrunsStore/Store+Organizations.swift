package import EverrunsSeeding

extension Store {
  /// Creates one organization with its built-in harnesses and settings.
  ///
  /// - Parameters:
  ///   - name: The name, which other organizations may have too.
  ///   - publicID: The public id.
  ///   - basis: The definition, catalog and grade that determine what the organization gets.
  ///   - change: Who makes the change, and why.
  /// - Returns: The number of its row.
  /// - Throws: ``StoreError/organizationExists(publicID:)`` if an organization has the public id.
  @discardableResult
  package func createOrganization(
    name: String, publicID: String, basis: SeedBasis, change: StoreChange
  ) throws(StoreError) -> Int? {
    try createOrganizations(
      [NewOrganization(publicID: publicID, name: name)], basis: basis, change: change
    ).first
  }
}
