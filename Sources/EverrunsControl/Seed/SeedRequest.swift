import CommandLineTree
import Everruns
import EverrunsStore

/// What a run of seeding is made from, but for the store.
struct SeedRequest {
  let platform: SeedPlan.Source
  let revision: Int?
  let definition: PlatformDefinition
  let catalogReference: String
  let catalog: SeedCatalog
  let grade: Grade
  let options: SeedOptions

  /// What the store should hold.
  var desiredState: SeedDesiredState {
    SeedPlanner(definition: definition, catalog: catalog, grade: grade).desiredState
  }

  /// The plan that comes of rows.
  func plan(_ state: SeedPlan.StoreState, _ rows: [SeedPlanRow]) -> SeedPlan {
    SeedPlan(
      header: SeedPlan.Header(
        platform: platform, platformRevision: revision,
        catalog: SeedPlan.Source(ref: catalogReference, fingerprint: catalog.fingerprint),
        store: state, grade: grade, options: options),
      rows: rows)
  }
}

extension Session {
  /// What the command line asks to be compared.
  func seedRequest(
    for platform: LoadedPlatform, scope: SeedOptions.Scope = .all
  ) throws -> SeedRequest {
    let (reference, catalog) = try seedCatalog()
    return SeedRequest(
      platform: SeedPlan.Source(
        ref: platform.reference, fingerprint: platform.definition.fingerprint),
      revision: platform.revision, definition: platform.definition,
      catalogReference: reference, catalog: catalog, grade: try grade(),
      options: SeedOptions(
        scope: scope, organizations: try organizationIDs(), prune: arguments[SeedingOptions.prune],
        overwrites: arguments[SeedingOptions.overwrite],
        adopted: arguments[SeedingOptions.adopt],
        acceptedOwn: arguments[SeedingOptions.acceptOwn],
        expands: arguments[SeedingOptions.expand]))
  }

  /// The catalog of `--catalog`, else the stock one, with how it is referred to.
  func seedCatalog() throws -> (reference: String, SeedCatalog) {
    guard let path = arguments[SeedingOptions.catalog] else { return ("stock", .stock) }
    let node = try readDocument(path)
    do throws(DocumentRefusal) {
      return (path, try SeedCatalog(reading: node))
    } catch {
      throw ControlError.document(source: path, error)
    }
  }

  /// The public ids of the organizations of `--org`; `nil` where all are meant.
  private func organizationIDs() throws -> [String]? {
    let words = arguments[SeedingOptions.organizations]
    guard !words.isEmpty else { return nil }
    let stock = SeedCatalog.stock.organization
    return try words.map { word in
      word == stock.publicID ? word : try organization(word).publicID
    }
  }

  /// The plan for the store as it is: the one way in which preview, why, status and saving learn
  /// it.
  func plan(_ request: SeedRequest) throws -> SeedPlan {
    let store = try storeForReading() ?? SQLiteStore.inMemory()
    let (state, rows) = try store.compare(request.desiredState, options: request.options)
    let plan = request.plan(state, rows)
    try checkDecisions(request, plan, applied: try store.appliedPlatform())
    return plan
  }

  /// Checks what the options decide against the rows they are about.
  ///
  /// - Parameter applied: The platform that was last applied to all organizations.
  func checkDecisions(
    _ request: SeedRequest, _ plan: SeedPlan, applied: SeedPlan.Source?
  ) throws {
    try noteOtherPlatform(request, applied)
    try refuseUnknownAddresses(request.options, plan.rows)
  }

  /// Says so where another platform was applied before: its harnesses are then orphans.
  private func noteOtherPlatform(_ request: SeedRequest, _ applied: SeedPlan.Source?) throws {
    guard let applied, applied.ref != request.platform.ref,
      applied.fingerprint != request.platform.fingerprint
    else { return }
    guard request.options.prune == nil || arguments[GlobalOptions.platform] != nil else {
      throw ControlError.platformNotNamed(applied: applied.ref)
    }
    note("the platform '\(applied.ref)' was applied last, and this is '\(request.platform.ref)'")
  }

  /// Refuses decisions about rows that are not there, so that a mistyped address is noticed.
  private func refuseUnknownAddresses(_ options: SeedOptions, _ rows: [SeedPlanRow]) throws {
    for (addresses, option) in [
      (options.adopted, "--adopt"), (options.acceptedOwn, "--accept-own"),
    ] {
      let unknown = addresses.filter { text in
        guard let address = SeedAddress(text) else { return true }
        return !rows.contains { row in
          row.address.kind == address.kind && row.address.names == address.names
        }
      }
      guard unknown.isEmpty else {
        throw ControlError.unknownAddresses(unknown, option: option)
      }
    }
  }
}
