/// The renames of templates that the definition does not declare but the rows of a plan suggest.
package struct ProposedRenames: Sendable, Equatable {
  /// A rename that a plan suggests.
  package struct Rename: Sendable, Equatable {
    /// The name of a built-in harness that the definition no longer has.
    package let old: String
    /// The name of the template that looks like it.
    package let new: String
  }

  private var suggested: [Rename] = []
  /// The names of templates that some organizations have.
  private var existing: Set<String> = []

  /// Creates an empty list.
  package init() {}

  /// Adds a row of a plan.
  package mutating func add(_ row: SeedPlanRow) {
    guard row.address.kind == .harness, let new = row.address.names.last else { return }
    if row.action != .create, row.reason.code != .nameOwnedByOrganization {
      existing.insert(new)
    }
    guard let old = row.notes.lazy.compactMap(\.renamedFrom).first else { return }
    let rename = Rename(old: old, new: new)
    if !suggested.contains(rename) { suggested.append(rename) }
  }

  /// The renames, in the order of the plan.
  ///
  /// A template that some organizations have was not renamed: the rows of others were.
  package var all: [Rename] {
    suggested.filter { !existing.contains($0.new) }
  }
}
