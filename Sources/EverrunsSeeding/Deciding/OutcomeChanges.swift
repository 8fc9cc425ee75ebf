import EverrunsDocuments

/// The rows of organizations other than the default one whose outcome changes: equal changes are
/// counted.
package struct OutcomeChanges {
  /// The rows with equal changes.
  private struct Group: Hashable {
    let row: SeedAddress
    let before: SeedReason?
    let after: SeedReason?
    let exists: Bool?
  }

  /// How many organizations a group names; `nil` for all.
  private let exampleLimit: Int?
  private var before: [SeedAddress: (reason: SeedReason, organization: NamedOrganization)] = [:]
  /// The groups in order of their first rows.
  private var groups: [Group] = []
  /// The first row, the number of rows and the named organizations of each group.
  private var members: [Group: (first: SeedAddress, count: Int, examples: [NamedOrganization])] =
    [:]

  /// Creates changes of no rows.
  ///
  /// - Parameter listing: How many organizations each group names.
  package init(_ listing: SeedListing) { exampleLimit = listing.exampleLimit }

  /// Adds a row before the change.
  package mutating func addBefore(_ row: SeedPlanRow) {
    guard row.address.scope != .defaultOrganization else { return }
    before[row.address] = (row.reason, Self.organization(of: row))
  }

  /// Adds a row after the change; those before it come first.
  package mutating func addAfter(_ row: SeedPlanRow) {
    guard row.address.scope != .defaultOrganization else { return }
    let previous = before.removeValue(forKey: row.address)?.reason
    guard previous != row.reason else { return }
    count(
      row.address, Self.organization(of: row), from: previous, to: row.reason, exists: row.exists)
  }

  private static func organization(of row: SeedPlanRow) -> NamedOrganization {
    NamedOrganization(publicID: row.organization ?? "", name: row.organizationName ?? "")
  }

  private mutating func count(
    _ address: SeedAddress, _ organization: NamedOrganization, from before: SeedReason?,
    to after: SeedReason?, exists: Bool?
  ) {
    let group = Group(
      row: SeedAddress(address.kind, address.names, in: .folded), before: before, after: after,
      exists: exists)
    if members[group] == nil { groups.append(group) }
    let isNamed = exampleLimit.map { members[group]?.count ?? 0 < $0 } ?? true
    members[group, default: (address, 0, [])].count += 1
    if isNamed { members[group]?.examples.append(organization) }
  }

  /// The changes, after all rows were added.
  package func rows() -> [DefinitionImpact.SeedRow] {
    var all = self
    let gone = before.sorted { $0.key.description.precedesInBytes($1.key.description) }
    for (address, (reason, organization)) in gone {
      all.count(address, organization, from: reason, to: nil, exists: nil)
    }
    return all.groups.compactMap { group in
      all.members[group].map { first, count, examples in
        DefinitionImpact.SeedRow(
          address: count > 1 ? group.row : first, organizations: count > 1 ? count : nil,
          examples: examples,
          before: group.before?.action, after: group.after, exists: group.exists)
      }
    }
  }
}
