public import Everruns
import GRDB

extension SQLiteStore {
  /// Compares what should be with what is, in one unchanging state of the store.
  public func compare(
    _ desired: SeedDesiredState, options: SeedOptions
  ) throws(StoreError) -> (state: SeedPlan.StoreState, rows: [SeedPlanRow]) {
    try read { db in
      let comparison = try self.comparison(db, desired, options, newID: { "" })
      return (try self.state(db), comparison.rows)
    }
  }

  /// Compares, and carries out what comes of it, all of it or nothing.
  public func apply(
    _ desired: SeedDesiredState, options: SeedOptions, platform: SeedPlan.Source,
    change: StoreChange, newID: @escaping () -> String,
    decide: (SeedPlan.StoreState, [SeedPlanRow]) throws -> Bool
  ) throws -> SeedResult {
    var refusal: (any Error)?
    do {
      return try write { db in
        let state = try self.state(db)
        let comparison = try self.comparison(db, desired, options, newID: newID)
        do {
          guard try decide(state, comparison.rows) else {
            return SeedResult(
              state: state, rows: comparison.rows, isApplied: false, acceptances: 0,
              serial: state.serial)
          }
        } catch {
          refusal = error
          throw error
        }
        let writer = SeedWriter(db, desired, options, newID: newID)
        let acceptances = try writer.write(comparison.steps)
        if options.organizations == nil {
          try writer.remember(platform)
        }
        let serial = try self.state(db).serial
        let isApplied = acceptances > 0 || comparison.rows.contains { $0.action.writes }
        if isApplied {
          try Self.record(
            change, summary: SeedPlan.summary(of: comparison.rows), serial: serial, db)
        }
        return SeedResult(
          state: state, rows: comparison.rows, isApplied: isApplied, acceptances: acceptances,
          serial: serial)
      }
    } catch {
      // What the caller refused with is the caller's own.
      throw refusal ?? error
    }
  }

  /// The definition that was last applied to all organizations, if any was.
  public func appliedPlatform() throws(StoreError) -> SeedPlan.Source? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT applied_platform, applied_fingerprint FROM store_state")
      guard let row, let ref = row.text("applied_platform"),
        let fingerprint = row.text("applied_fingerprint")
      else { return nil }
      return SeedPlan.Source(ref: ref, fingerprint: Fingerprint(stored: fingerprint))
    }
  }

  private func comparison(
    _ db: Database, _ desired: SeedDesiredState, _ options: SeedOptions,
    newID: @escaping () -> String
  ) throws -> (steps: [SeedStep], rows: [SeedPlanRow]) {
    let isDefaultMeant =
      options.scope == .all
      && options.organizations?.contains(desired.organization.publicID) ?? true
    let steps: [SeedStep]
    do {
      steps = try SeedComparison(
        desired: desired, snapshot: try self.snapshot(db, for: desired), options: options,
        freshID: newID
      ).steps()
    } catch let error as SeedIdentityConflict {
      throw StoreError.identityConflict(error)
    }
    let catalogSteps = isDefaultMeant ? steps : []
    let catalogRows = catalogSteps.map(\.row)
    let roles = try Row.fetchOne(db, sql: "SELECT applied_roles FROM store_state")?
      .value("applied_roles", .json)
    let appliedRoles: JSONObject = if case .object(let roles)? = roles { roles } else { [:] }
    let harnessRows = try HarnessComparison(db, desired, options, appliedRoles: appliedRoles).rows()
    // Agents come last in the order of seeding; everything else of the catalog before harnesses.
    return (
      catalogSteps,
      catalogRows.filter { $0.address.kind != .agent } + harnessRows
        + catalogRows.filter { $0.address.kind == .agent }
    )
  }
}
