import EverrunsSeeding
import Testing

/// The table of decisions about built-in harnesses whose template left the definition.
@Suite struct OrphanDecisionTests {
  private func reason(
    _ observed: ObservedOrphan, prune: SeedOptions.Prune?
  ) -> SeedReason {
    var trace = DecisionTrace()
    return decide(observed, prune: prune, trace: &trace)
  }

  @Test func `an orphan stays unless pruning is asked for`() {
    #expect(reason(ObservedOrphan(isSeeded: true), prune: nil) == .orphaned)
  }

  @Test(arguments: SeedOptions.Prune.allCases)
  func `only seeded rows are pruned`(prune: SeedOptions.Prune) {
    #expect(reason(ObservedOrphan(isSeeded: true), prune: prune) == .pruned(prune))
    #expect(reason(ObservedOrphan(isSeeded: false), prune: prune) == .orphaned)
  }

  @Test(arguments: [nil] + SeedOptions.Prune.allCases)
  func `a row that waits for its template's name is never pruned`(prune: SeedOptions.Prune?) {
    let waiting = ObservedOrphan(isSeeded: true, awaitsName: true)
    #expect(reason(waiting, prune: prune) == .orphanedUntilNameIsFree)
  }

  @Test func `a row in use is released, not deleted`() {
    let used = ObservedOrphan(isSeeded: true, user: "default-harness")
    #expect(reason(used, prune: .delete) == .inUse(by: "default-harness"))
    #expect(reason(used, prune: .release) == .pruned(.release))
  }
}
