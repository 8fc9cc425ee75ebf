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

  private var before: [SeedAddress: SeedReason] = [:]
  /// The groups in order of their first rows.
  private var groups: [Group] = []
  /// The first row and the number of rows of each group.
  private var members: [Group: (first: SeedAddress, count: Int)] = [:]

  /// Creates changes of no rows.
  package init() {}

  /// Adds a row before the change.
  package mutating func addBefore(_ row: SeedPlanRow) {
    guard row.address.scope != .defaultOrganization else { return }
    before[row.address] = row.reason
  }

  /// Adds a row after the change; those before it come first.
  package mutating func addAfter(_ row: SeedPlanRow) {
    guard row.address.scope != .defaultOrganization else { return }
    let previous = before.removeValue(forKey: row.address)
    guard previous != row.reason else { return }
    count(row.address, from: previous, to: row.reason, exists: row.exists)
  }

  private mutating func count(
    _ address: SeedAddress, from before: SeedReason?, to after: SeedReason?, exists: Bool?
  ) {
    let group = Group(
      row: SeedAddress(address.kind, address.names, in: .folded), before: before, after: after,
      exists: exists)
    if members[group] == nil { groups.append(group) }
    members[group, default: (address, 0)].count += 1
  }

  /// The changes, after all rows were added.
  package func rows() -> [DefinitionImpact.SeedRow] {
    var all = self
    let gone = before.sorted { $0.key.description.precedesInBytes($1.key.description) }
    for (address, reason) in gone { all.count(address, from: reason, to: nil, exists: nil) }
    return all.groups.compactMap { group in
      all.members[group].map { first, count in
        DefinitionImpact.SeedRow(
          address: count > 1 ? group.row : first, organizations: count > 1 ? count : nil,
          before: group.before?.action, after: group.after, exists: group.exists)
      }
    }
  }
}
