import Everruns
import EverrunsSeeding
import Testing

@testable import EverrunsControl

@Suite struct SavedPlanTests {
  /// A plan of so many rows, which are all the same.
  private func write(_ count: Int) throws {
    let row = SeedPlanRow(
      address: SeedAddress(.harness, ["base"], in: .organization("org_1")), name: "base", id: nil,
      organization: "org_1", reason: .missing(becomes: nil))
    let request = SeedRequest(
      platform: LoadedPlatform(
        reference: "empty", target: .preset("empty"), isChosen: false,
        fingerprint: PlatformDefinition.empty.fingerprint, revision: nil, grade: .prod,
        definition: .empty),
      catalogReference: "stock", catalog: nil, grade: .prod, options: SeedOptions(),
      isPlatformNamed: false)
    let rows = SeedPlanRows(count: count) { range, body in for _ in range { try body(row) } }
    let plan = SeedPlan(
      header: SeedPlan.Header(
        platform: request.source, platformRevision: nil,
        catalog: SeedPlan.Source(ref: "stock", fingerprint: request.catalogFingerprint),
        store: .new, grade: .prod),
      rows: rows, summary: SeedSummary())
    try SavedPlan.write(plan, request, to: "p.json") { _ in }
  }

  @Test func `a plan that could not be read back is not saved`() throws {
    #expect {
      try write(200_000)
    } throws: { error in
      guard let error = error as? ControlError else { return false }
      return error.code == .tooLarge
        && error.message == "p.json: a plan of so many rows could not be read back"
        && error.hint == "save it folded, without --expand, or for some organizations, with --org"
    }
    try write(2)
  }
}
