public import Everruns
import GRDB

extension SQLiteStore {
  /// Compares what should be with what is, in one unchanging state of the store.
  public func compare(
    _ desired: SeedDesiredState
  ) throws(StoreError) -> (state: SeedPlan.StoreState, rows: [SeedPlanRow]) {
    try read { db in
      let catalogRows: [SeedPlanRow]
      do {
        catalogRows = try SeedComparison(
          desired: desired, snapshot: try self.snapshot(db, for: desired)
        ).rows()
      } catch let error as SeedIdentityConflict {
        throw StoreError.identityConflict(error)
      }
      // Agents come last in the order of seeding; everything else of the catalog before harnesses.
      let harnessRows = try HarnessComparison(db, desired).rows()
      return (
        try self.state(db),
        catalogRows.filter { $0.address.kind != .agent } + harnessRows
          + catalogRows.filter { $0.address.kind == .agent }
      )
    }
  }
}
