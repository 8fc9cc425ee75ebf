import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Testing

/// Plans in files.
@Suite struct SavedPlanTests {
  private let change = FieldChange(field: "capabilities", before: nested(64), after: [])

  /// A value of so many arrays inside one another.
  private static func nested(_ depth: Int) -> JSONValue {
    (0..<depth).reduce("inner") { value, _ in [value] }
  }

  private func row(_ number: Int, changes: [FieldChange] = []) -> SeedPlanRow {
    SeedPlanRow(
      address: SeedAddress(.harness, ["base"], in: .organization("org_\(number)")), name: "base",
      id: nil, organization: "org_\(number)",
      reason: changes.isEmpty ? .missing() : .overwritesLocalEdit(fields: changes.map(\.field)),
      changes: changes)
  }

  private func plan(_ rows: SeedPlanRows) -> SeedPlan {
    SeedPlan(
      header: SeedPlan.Header(
        platform: SeedPlan.Source(ref: "empty", fingerprint: PlatformDefinition.empty.fingerprint),
        platformRevision: nil,
        catalog: SeedPlan.Source(ref: "stock", fingerprint: SeedCatalog.stock.fingerprint),
        store: .new, grade: .prod),
      rows: rows, summary: SeedSummary())
  }

  /// The text of a saved plan.
  private func saved(_ plan: SeedPlan) throws -> String {
    var bytes: [UInt8] = []
    try SavedPlan.write(plan, of: .empty, .stock) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func read(_ text: String) throws -> SavedPlan {
    try SavedPlan(reading: JSONValue(json: text, depthLimit: DocumentLimits.planDepth))
  }

  @Test func `a saved plan is read back, with values as deep as a column may hold`() throws {
    let rows = [row(1), row(2, changes: [change])]
    let read = try read(try saved(plan(SeedPlanRows(rows))))
    #expect(read.rows == rows.map(\.document))
    #expect(read.definition == .empty)
    #expect(read.catalog.fingerprint == SeedCatalog.stock.fingerprint)
    #expect(read.platform.reference == "empty")
    #expect(try SavedPlan.difference(from: read.rows, to: SeedPlanRows(rows)) == .none)
  }

  @Test func `a plan with more values than can be read back is not saved`() throws {
    let row = row(1)
    let rows = SeedPlanRows(count: 200_000) { range, body in for _ in range { try body(row) } }
    var pieces = 0
    #expect(throws: SavedPlanError.tooLarge) {
      try SavedPlan.write(plan(rows), of: .empty, .stock) { _ in pieces += 1 }
    }
    #expect(pieces == 0)
  }

  @Test func `a plan with a value too deep to be read back is not saved`() throws {
    let deep = FieldChange(
      field: "config", before: Self.nested(DocumentLimits.planDepth), after: [])
    #expect(throws: SavedPlanError.tooDeep) {
      try saved(plan(SeedPlanRows([row(1, changes: [deep])])))
    }
  }

  @Test func `a plan that was edited is refused`() throws {
    let text = try saved(plan(SeedPlanRows([row(1)])))
    #expect(throws: SavedPlanError.edited) {
      try read(text.replacing(#""action": "create""#, with: #""action": "delete""#))
    }
  }

  @Test func `a plan whose keys were sorted by another program is the same plan`() throws {
    let rows = [row(1, changes: [FieldChange(field: "tags", before: [], after: ["a"])]), row(2)]
    let value = try JSONValue(
      json: try saved(plan(SeedPlanRows(rows))), depthLimit: DocumentLimits.planDepth)
    let read = try SavedPlan(reading: value.sortingKeys)
    #expect(read.rows == rows.map(\.document.sortingKeys))
    #expect(try SavedPlan.difference(from: read.rows, to: SeedPlanRows(rows)) == .none)
  }

  @Test(arguments: [
    ("[]", SavedPlanError.notAPlan), ("{}", .unknownFormat),
    (#"{"format": "everruns.platform/v1"}"#, .unknownFormat),
    (#"{"format": "everruns.seed-plan/v1"}"#, .printed),
  ])
  func `a file that is not a saved plan is refused`(text: String, error: SavedPlanError) {
    #expect(throws: error) { try read(text) }
  }
}
