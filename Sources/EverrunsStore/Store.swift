package import Everruns
package import EverrunsDocuments
package import EverrunsSeeding

/// Where a control plane keeps its organizations and its platform definitions, in the terms of the
/// domain.
///
/// ``StoreKinds`` opens one. Its calls wait for the database, and it belongs to one task: a command is
/// a sequence of steps. It is not implemented outside of this package.
package protocol Store: AnyObject {
  /// Where it is.
  var location: StoreLocation { get }

  /// Called with the progress of long work, which throwing ends.
  var progress: ProgressReport { get set }

  /// Whether anything was committed through this object.
  var hasCommitted: Bool { get }

  /// Whether the store is read without locks, as a file that nobody seems to have open.
  ///
  /// Only ``checkUnchanged()`` then tells whether all that was read belongs to one state.
  var isReadWithoutLocks: Bool { get }

  /// Finds out whether all that was read belongs to one state of the store.
  ///
  /// - Throws: ``StoreError/changedWhileRead(_:)`` if it may not.
  func checkUnchanged() throws(StoreError)

  /// Ends the use of the store: nothing can be asked of it any more.
  func close()

  /// What there is to say about the store itself.
  func info() throws(StoreError) -> StoreInfo

  /// The saved platform definitions, by name.
  func platforms() throws(StoreError) -> [SavedPlatform]

  /// One revision of a saved definition; `nil` if there is none of that name or number.
  func revision(
    of name: String, _ selector: RevisionSelector
  ) throws(StoreError) -> PlatformRevision?

  /// All revisions of a saved definition, oldest first; none if there is no such definition.
  func history(of name: String) throws(StoreError) -> [PlatformHistoryEntry]

  /// The definition that somebody chose to be used where none is named.
  ///
  /// - Parameter name: The definition to be used where none was chosen, if one is saved under that
  ///   name.
  func activePlatform(orElse name: String?) throws(StoreError) -> String?

  /// Chooses the definition to be used where none is named.
  ///
  /// - Parameters:
  ///   - reference: A saved definition, one of its revisions, or a preset.
  ///   - saved: The saved definition and its revision that the reference means; `nil` for a preset.
  ///   - change: Who does this, and why.
  /// - Throws: ``StoreError/notFound(noun:name:)`` if somebody else deleted it meanwhile.
  func use(
    _ reference: String, saved: (name: String, revision: RevisionSelector)?, change: StoreChange
  ) throws(StoreError)

  /// Removes a saved definition with all its revisions.
  ///
  /// Their numbers stay used: a definition that gets the name later goes on from them. Where it was
  /// the one chosen to be used, none is afterwards.
  ///
  /// - Returns: whether there was one.
  func delete(_ name: String, change: StoreChange) throws(StoreError) -> Bool

  /// Saves new revisions of a definition, all or none.
  ///
  /// - Parameters:
  ///   - definitions: The content of each revision, oldest first, with what it changes.
  ///   - name: The definition's name.
  ///   - latest: The revision that the caller has seen as the latest; `nil` where there was none.
  ///   - origin: What the first of the new revisions comes from; later ones inherit it.
  ///   - change: Who does this, and why.
  /// - Returns: The number of the last revision.
  /// - Throws: ``StoreError/superseded(name:seen:latest:)`` if somebody else was faster.
  func save(
    _ definitions: [(definition: PlatformDefinition, summary: String)], as name: String,
    after latest: Int?, origin: OriginUpdate, change: StoreChange
  ) throws(StoreError) -> Int

  /// What a revision of a saved definition comes from; `nil` if that is not remembered.
  func origin(of name: String, revision: Int) throws(StoreError) -> PlatformOrigin?

  /// Changes the newest revision of a saved definition, whichever it is by then.
  ///
  /// - Parameters:
  ///   - name: The definition's name.
  ///   - origin: What the new revision comes from.
  ///   - change: Who does this, and why.
  ///   - edit: Makes the next revision of the newest one, with what it changes; `nil` for none.
  ///     Nobody else saves a revision meanwhile.
  /// - Returns: The number of the new revision, if one was saved.
  /// - Throws: ``StoreError``, or what the edit throws.
  func revise(
    _ name: String, origin: OriginUpdate, change: StoreChange,
    _ edit: (PlatformRevision) throws -> (definition: PlatformDefinition, summary: String)?
  ) throws -> Int?

  /// The organizations, by number.
  ///
  /// - Parameter word: The public id or the name of those that are wanted; `nil` for all.
  func organizations(named word: String?) throws(StoreError) -> [Organization]

  /// How many rows of each kind an organization has.
  func counts(of organization: Organization) throws(StoreError) -> [RecordKind: Int]

  /// The names of the organizations, by number, and nothing else about them.
  func organizationNames() throws(StoreError) -> [(publicID: String, name: String)]

  /// The organizations whose public ids begin with a text, or else whose names do, for completion.
  ///
  /// - Parameter limit: How many are wanted at the most.
  func organizationNames(
    beginningWith prefix: String, atMost limit: Int
  ) throws(StoreError) -> OrganizationNames

  /// Compares what should be with what is, in one unchanging state of the store.
  ///
  /// - Parameters:
  ///   - basis: What decides what the store should hold.
  ///   - isFull: Compare every row even if nothing changed since the last run. The result is
  ///     identical.
  ///   - body: Looks at what was found, while that lasts.
  /// - Throws: ``StoreError``, or what the body throws.
  func compare<Value>(
    _ basis: SeedBasis, options: SeedOptions, isFull: Bool,
    _ body: (SeedFindings) throws -> Value
  ) throws -> Value

  /// Compares, and carries out what comes of it, all of it or nothing.
  ///
  /// - Parameters:
  ///   - basis: What decides what the store should hold.
  ///   - isFull: Compare every row even if nothing changed since the last run.
  ///   - platform: The definition that is applied, for the store to remember.
  ///   - change: Who does this, and why.
  ///   - decide: Looks at what was found before anything is written; `false` leaves the store as it
  ///     is.
  /// - Returns: What was found, whether anything was written, and the serial after.
  /// - Throws: ``StoreError``, or what the decision throws.
  func apply(
    _ basis: SeedBasis, options: SeedOptions, isFull: Bool, platform: SeedPlan.Source,
    change: StoreChange, decide: (SeedFindings) throws -> Bool
  ) throws -> SeedResult

  /// What ``apply(_:options:isFull:platform:change:decide:)`` would find, if it is known that
  /// it has nothing to do.
  func settledFindings(
    _ basis: SeedBasis, options: SeedOptions, platform: SeedPlan.Source
  ) throws(StoreError) -> SeedFindings?

  /// Makes an organization with its built-in harnesses and settings, all of it or nothing.
  ///
  /// - Returns: The number of its row.
  func createOrganization(
    name: String, publicID: String, basis: SeedBasis, change: StoreChange
  ) throws(StoreError) -> Int

  /// Renames an organization and chooses settings of it, all of it or nothing.
  ///
  /// - Parameters:
  ///   - name: The new name; `nil` leaves it.
  ///   - settings: The id that each setting gets; `nil` unsets it.
  /// - Throws: ``StoreError/notFound(noun:name:)`` if the organization, or what a setting should
  ///   name, is no longer there.
  func update(
    _ organization: Organization, name: String?, settings: [OrganizationSetting: String?],
    change: StoreChange
  ) throws(StoreError)

  /// Deletes organizations with everything that belongs to them, all of it or nothing.
  ///
  /// - Throws: ``StoreError/organizationInUse(publicID:table:rows:)`` if a row that does not belong to
  ///   one of them would be lost or left without what it refers to.
  func delete(_ organizations: [Organization], change: StoreChange) throws(StoreError)

  /// The definition that was last applied to all organizations, if any was.
  func appliedPlatform() throws(StoreError) -> SeedPlan.Source?

  /// Looks for everything in the store that contradicts itself, or makes another command fail.
  ///
  /// - Parameters:
  ///   - basis: What decides what the store should hold; `nil` to leave out what depends on it.
  ///   - presets: The names of the definitions that no store has to have.
  /// - Returns: Every check, in order, with what it found.
  func check(
    against basis: SeedBasis?, presets: [String]
  ) throws(StoreError) -> [StoreCheck]

  /// What was done to the store, the latest first.
  ///
  /// - Parameter limit: How many entries are wanted at the most; `nil` for all.
  func history(atMost limit: Int?) throws(StoreError) -> [HistoryEntry]

  /// The rows of a kind as the database holds them, column by column.
  ///
  /// - Parameter organization: The number of the organization whose rows are wanted.
  func records(
    _ kind: RecordKind, organization: Int?
  ) throws(StoreError) -> [JSONObject]
}

extension Store {
  /// The definition that somebody chose to be used where none is named.
  package func activePlatform() throws(StoreError) -> String? {
    try activePlatform(orElse: nil)
  }

  /// All organizations, by number.
  package func organizations() throws(StoreError) -> [Organization] {
    try organizations(named: nil)
  }
}

/// What a comparison found.
package struct SeedFindings {
  /// The state of the store that was compared.
  package let state: SeedPlan.StoreState
  /// A row for everything considered.
  package let rows: SeedPlanRows
  /// How many rows have each action.
  package let summary: SeedSummary
  /// The rows that a filter holds, in another listing.
  ///
  /// It can be asked as long as the comparison lasts, and what it gives stays readable afterwards.
  package let list: (SeedListing, SeedRowFilter) throws -> SeedPlanRows
  /// The rows of an address with the rules that led to them: by the very decisions that made the
  /// rows.
  ///
  /// It can be asked as long as the comparison lasts.
  package let explain: (SeedAddress) throws -> [ExplainedRow]

  init(
    state: SeedPlan.StoreState, rows: SeedPlanRows, summary: SeedSummary,
    list: @escaping (SeedListing, SeedRowFilter) throws -> SeedPlanRows,
    explain: @escaping (SeedAddress) throws -> [ExplainedRow]
  ) {
    self.state = state
    self.rows = rows
    self.summary = summary
    self.list = list
    self.explain = explain
  }

  /// What was found by a comparison that is over: its rows as they are, and no explanation.
  init(state: SeedPlan.StoreState, rows: SeedPlanRows, summary: SeedSummary) {
    self.init(
      state: state, rows: rows, summary: summary, list: { try rows.filtered(by: $1) },
      explain: { _ in [] })
  }
}

/// What came of carrying out a plan.
package struct SeedResult {
  /// What was found before, and was done.
  package let findings: SeedFindings
  /// Whether anything was written.
  package let isApplied: Bool
  /// How many harnesses of organizations' own are newly remembered to stay.
  package let acceptances: Int
  /// The store's serial afterwards.
  package let serial: Int
}
