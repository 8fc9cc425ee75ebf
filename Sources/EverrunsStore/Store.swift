package import Everruns
package import EverrunsDocuments
package import EverrunsSeeding

/// Where a control plane keeps its organizations and platform definitions, in domain terms.
///
/// ``StoreKinds`` opens one. Its calls block on the database, and it belongs to one task: a command
/// is a sequence of steps. It is not implemented outside this package.
package protocol Store: AnyObject {
  /// The location of the store.
  var location: StoreLocation { get }

  /// Called with the progress of long work; throw to cancel it.
  var progress: ProgressReport { get set }

  /// Whether anything was committed through this object.
  var hasCommitted: Bool { get }

  /// Whether the store is read without locks, because no other program seems to have the file open.
  ///
  /// Only `checkUnchanged()` can then tell whether everything that was read belongs to one state.
  var isReadWithoutLocks: Bool { get }

  /// Checks that everything that was read belongs to one state of the store.
  ///
  /// - Throws: ``StoreError/changedWhileRead(_:)`` if it may not.
  func checkUnchanged() throws(StoreError)

  /// Closes the store; it cannot be used afterwards.
  func close()

  /// Facts about the store itself, such as its size and schema version.
  func info() throws(StoreError) -> StoreInfo

  /// What opening the store for writing did to make it ready.
  var preparation: StorePreparation { get }

  /// What opening the store for writing with repairs would do to make it ready.
  func neededPreparation() throws(StoreError) -> StorePreparation

  /// The saved platform definitions, by name.
  func platforms() throws(StoreError) -> [SavedPlatform]

  /// One revision of a saved definition; `nil` if the name or the revision does not exist.
  func revision(
    of name: String, _ selector: RevisionSelector
  ) throws(StoreError) -> PlatformRevision?

  /// All revisions of a saved definition, oldest first; empty if there is no such definition.
  func history(of name: String) throws(StoreError) -> [PlatformHistoryEntry]

  /// The definition that was chosen as the default.
  ///
  /// - Parameter name: The definition to use if none was chosen, provided that one is saved under
  ///   this name.
  /// - Returns: The reference of the definition; `nil` if none was chosen and none has this name.
  /// - Throws: ``StoreError`` if the store cannot be read.
  func activePlatform(orElse name: String?) throws(StoreError) -> String?

  /// Sets the default definition.
  ///
  /// - Parameters:
  ///   - reference: A saved definition, one of its revisions, or a preset.
  ///   - saved: The saved definition and revision that the reference names; `nil` for a preset.
  ///   - change: Who makes the change, and why.
  /// - Throws: ``StoreError/notFound(noun:name:)`` if someone else deleted it in the meantime.
  func use(
    _ reference: String, saved: (name: String, revision: RevisionSelector)?, change: StoreChange
  ) throws(StoreError)

  /// Deletes a saved definition with all its revisions.
  ///
  /// Revision numbers are not reused: a later definition with the same name continues the
  /// numbering. If the deleted definition was the default, there is no default afterwards.
  ///
  /// - Returns: Whether it existed.
  func delete(_ name: String, change: StoreChange) throws(StoreError) -> Bool

  /// Saves new revisions of a definition, all or none.
  ///
  /// - Parameters:
  ///   - definitions: The content of each revision, oldest first, with what it changes.
  ///   - name: The definition's name.
  ///   - latest: The latest revision that the caller has seen; `nil` if there was none.
  ///   - origin: The origin of the first new revision; later ones inherit it.
  ///   - change: Who makes the change, and why.
  /// - Returns: The number of the last revision.
  /// - Throws: ``StoreError/superseded(name:seen:latest:)`` if someone else saved a revision first.
  func save(
    _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, origin: OriginUpdate, change: StoreChange
  ) throws(StoreError) -> Int

  /// The origin of a revision of a saved definition; `nil` if it was not recorded.
  func origin(of name: String, revision: Int) throws(StoreError) -> PlatformOrigin?

  /// Revises the newest revision of a saved definition, whichever that is at the time.
  ///
  /// - Parameters:
  ///   - name: The definition's name.
  ///   - origin: The origin of the new revision.
  ///   - change: Who makes the change, and why.
  ///   - edit: Returns the next revision and a summary of its changes; `nil` to save nothing. No
  ///     one else can save a revision while it runs.
  /// - Returns: The number of the new revision, if one was saved.
  /// - Throws: ``StoreError``, or the error that `edit` throws.
  func revise(
    _ name: String, origin: OriginUpdate, change: StoreChange,
    _ edit: (PlatformRevision) throws -> (definition: PlatformDefinition, summary: String)?
  ) throws -> Int?

  /// The organizations, by number.
  ///
  /// - Parameter word: A public id or a name to look for; `nil` for all organizations.
  /// - Returns: The organizations with that public id or name; several can have the same name.
  /// - Throws: ``StoreError`` if the store cannot be read or a row is damaged.
  func organizations(named word: String?) throws(StoreError) -> [Organization]

  /// How many rows of each kind an organization has.
  func counts(of organization: Organization) throws(StoreError) -> [RecordKind: Int]

  /// The public ids and names of the organizations, ordered by number.
  func organizationNames() throws(StoreError) -> [(publicID: String, name: String)]

  /// The organizations whose public ids begin with a prefix, or else those whose names do.
  ///
  /// Used by shell completion.
  ///
  /// - Parameters:
  ///   - prefix: The beginning; an empty one matches every organization.
  ///   - limit: The maximum number of results.
  /// - Returns: The organizations, and how many more there are. A name that several organizations
  ///   have is left out.
  /// - Throws: ``StoreError`` if the store cannot be read or a row is damaged.
  func organizationNames(
    beginningWith prefix: String, atMost limit: Int
  ) throws(StoreError) -> OrganizationNames

  /// Compares the desired state with the store, in one read transaction.
  ///
  /// - Parameters:
  ///   - basis: The definition, catalog and grade that determine the desired state.
  ///   - options: The options of the run.
  ///   - isFull: Compare every row even if nothing changed since the last run. The result is
  ///     identical.
  ///   - body: Receives the findings, which are valid until it returns.
  /// - Returns: The result of `body`.
  /// - Throws: ``StoreError``, or the error that `body` throws.
  func compare<Value>(
    _ basis: SeedBasis, options: SeedOptions, isFull: Bool,
    _ body: (SeedFindings) throws -> Value
  ) throws -> Value

  /// Compares, and carries out the resulting plan in one transaction.
  ///
  /// - Parameters:
  ///   - basis: The definition, catalog and grade that determine the desired state.
  ///   - options: The options of the run.
  ///   - isFull: Compare every row even if nothing changed since the last run.
  ///   - platform: The definition that is applied, recorded in the store.
  ///   - change: Who makes the change, and why.
  ///   - decide: Receives the findings before anything is written; returns `false` to leave the
  ///     store unchanged.
  /// - Returns: The findings, whether anything was written, and the serial afterwards.
  /// - Throws: ``StoreError``, or the error that `decide` throws.
  func apply(
    _ basis: SeedBasis, options: SeedOptions, isFull: Bool, platform: SeedPlan.Source,
    change: StoreChange, decide: (SeedFindings) throws -> Bool
  ) throws -> SeedResult

  /// The findings that ``apply(_:options:isFull:platform:change:decide:)`` would have, if the store
  /// already knows that there is nothing to do.
  func settledFindings(
    _ basis: SeedBasis, options: SeedOptions, platform: SeedPlan.Source
  ) throws(StoreError) -> SeedFindings?

  /// Creates organizations with their built-in harnesses and settings, in one transaction.
  ///
  /// - Parameters:
  ///   - organizations: The organizations.
  ///   - basis: The definition, catalog and grade that determine what they get.
  ///   - change: Who makes the change, and why.
  /// - Returns: The number of the row of each, in order.
  /// - Throws: ``StoreError/organizationExists(publicID:)`` if an organization has a public id.
  func createOrganizations(
    _ organizations: [NewOrganization], basis: SeedBasis, change: StoreChange
  ) throws(StoreError) -> [Int]

  /// Renames an organization and changes its settings, in one transaction.
  ///
  /// - Parameters:
  ///   - organization: The organization.
  ///   - name: The new name; `nil` keeps the current one.
  ///   - settings: The new value of each setting, an id; `nil` unsets it.
  ///   - change: Who makes the change, and why.
  /// - Throws: ``StoreError/notFound(noun:name:)`` if the organization, or the target of a setting,
  ///   no longer exists.
  func update(
    _ organization: Organization, name: String?, settings: [OrganizationSetting: String?],
    change: StoreChange
  ) throws(StoreError)

  /// Deletes organizations with everything that belongs to them, in one transaction.
  ///
  /// - Returns: The organizations under the names that they had when they were deleted.
  /// - Throws: ``StoreError/organizationInUse(_:table:rows:)`` if a row outside of them
  ///   would be deleted or left with a dangling reference,
  ///   ``StoreError/organizationIsRunning(_:turns:)`` while a worker runs a turn of one,
  ///   ``StoreError/notFound(noun:name:)`` if one no longer exists.
  func delete(
    _ organizations: [Organization], change: StoreChange
  ) throws(StoreError) -> [Organization]

  /// Checks that the store would accept a change, without making it.
  ///
  /// - Parameter write: The change.
  /// - Throws: The ``StoreError`` with which the store would refuse the change before it writes
  ///   anything.
  func checkAcceptance(of write: PlannedWrite) throws(StoreError)

  /// The definition that was last applied to all organizations; `nil` if none was.
  func appliedPlatform() throws(StoreError) -> SeedPlan.Source?

  /// Checks the store for inconsistencies and for anything that makes another command fail.
  ///
  /// - Parameters:
  ///   - basis: The definition, catalog and grade to compare with; `nil` skips the checks that need
  ///     them.
  ///   - presets: The names of the presets, which exist in every store.
  /// - Returns: Every check, in order, with its findings.
  /// - Throws: ``StoreError`` if the store cannot be read at all; a check that fails has a finding
  ///   instead.
  func check(
    against basis: SeedBasis?, presets: [String]
  ) throws(StoreError) -> [StoreCheck]

  /// The history of the store, latest first.
  ///
  /// - Parameter limit: The maximum number of entries; `nil` for all.
  /// - Returns: One entry for each change.
  /// - Throws: ``StoreError`` if the store cannot be read.
  func history(atMost limit: Int?) throws(StoreError) -> [HistoryEntry]

  /// The stored rows of one kind, column by column.
  ///
  /// - Parameters:
  ///   - kind: The kind of the rows.
  ///   - organization: The number of an organization to restrict the rows to; `nil` for all.
  /// - Returns: One object for each row, with the columns as keys.
  /// - Throws: ``StoreError`` if the store cannot be read.
  func records(
    _ kind: RecordKind, organization: Int?
  ) throws(StoreError) -> [JSONObject]

  /// The harnesses that belong to organizations and not to the platform, by organization and name.
  ///
  /// - Throws: ``StoreError`` if the store cannot be read.
  func ownHarnesses() throws(StoreError) -> [OwnHarness]
}

extension Store {
  /// The definition that was chosen as the default.
  package func activePlatform() throws(StoreError) -> String? {
    try activePlatform(orElse: nil)
  }

  /// All organizations, by number.
  package func organizations() throws(StoreError) -> [Organization] {
    try organizations(named: nil)
  }
}

/// The result of a comparison.
package struct SeedFindings {
  /// The state of the store that was compared.
  package let state: SeedPlan.StoreState
  /// One row for everything that was considered.
  package let rows: SeedPlanRows
  /// How many rows have each action.
  package let summary: SeedSummary
  /// Lists the rows that match a filter, folded or expanded.
  ///
  /// Call it only during the comparison. The rows it returns stay readable afterwards.
  package let list: (SeedListing, SeedRowFilter) throws -> SeedPlanRows
  /// Calls a function with each row of such a list, in order, without keeping the rows: of
  /// thousands of organizations, most of the time goes into keeping them.
  ///
  /// Call it only during the comparison. The function must not use the store.
  package let visit: (SeedListing, SeedRowFilter, (SeedPlanRow) throws -> Void) throws -> Void
  /// The rows of an address with the trace of the rules that produced them; folded ones name the
  /// first organizations or all, as the listing does.
  ///
  /// Call it only during the comparison.
  package let explain: (SeedAddress, SeedListing) throws -> [ExplainedRow]

  init(
    state: SeedPlan.StoreState, rows: SeedPlanRows, summary: SeedSummary,
    list: @escaping (SeedListing, SeedRowFilter) throws -> SeedPlanRows,
    visit: @escaping (SeedListing, SeedRowFilter, (SeedPlanRow) throws -> Void) throws -> Void,
    explain: @escaping (SeedAddress, SeedListing) throws -> [ExplainedRow]
  ) {
    self.state = state
    self.rows = rows
    self.summary = summary
    self.list = list
    self.visit = visit
    self.explain = explain
  }

  /// Those about built-in harnesses and the settings that name them.
  ///
  /// - Throws: Errors of reading the rows.
  package func ofHarnesses() throws -> SeedFindings {
    func limited(_ rows: SeedPlanRows) throws -> SeedPlanRows {
      SeedPlanRows(try rows.filter(\.address.isOfHarnesses))
    }
    let rows = try limited(rows)
    return SeedFindings(
      state: state, rows: rows, summary: try rows.summary(),
      list: { [list] in try limited(list($0, $1)) },
      visit: { [visit] listing, filter, body in
        try visit(listing, filter) { if $0.address.isOfHarnesses { try body($0) } }
      }, explain: explain)
  }

  /// The same findings of a comparison that has not loaded the rows of all organizations.
  ///
  /// - Parameters:
  ///   - names: Loads the organizations, for a listing that names all of them.
  ///   - rowContents: Loads what a row for each organization shows besides.
  /// - Returns: Findings that load what is missing before they list or explain such rows.
  package func completing(
    names: @escaping () throws -> Void, rowContents: @escaping () throws -> Void
  ) -> SeedFindings {
    func complete(_ listing: SeedListing) throws {
      if listing != .folded { try names() }
      if listing == .expanded { try rowContents() }
    }
    return SeedFindings(
      state: state, rows: rows, summary: summary,
      list: { [list] listing, filter in
        try complete(listing)
        return try list(listing, filter)
      },
      visit: { [visit] listing, filter, body in
        try complete(listing)
        try visit(listing, filter, body)
      },
      explain: { [explain] address, listing in
        if case .organization = address.scope {
          try names()
          try rowContents()
        } else if listing != .folded {
          try names()
        }
        return try explain(address, listing)
      })
  }

  /// Findings of a finished comparison: the rows are kept, explanations are not available.
  init(state: SeedPlan.StoreState, rows: SeedPlanRows, summary: SeedSummary) {
    self.init(
      state: state, rows: rows, summary: summary, list: { try rows.filtered(by: $1) },
      visit: { _, filter, body in try rows.read { if filter.includes($0) { try body($0) } } },
      explain: { _, _ in [] })
  }
}

/// The result of applying a plan.
package struct SeedResult {
  /// The findings before the run, which it carried out.
  package let findings: SeedFindings
  /// Whether anything was written.
  package let isApplied: Bool
  /// How many organization-owned harnesses were newly accepted.
  package let acceptances: Int
  /// The store's serial afterwards.
  package let serial: Int
}
