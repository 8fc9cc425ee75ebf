import Everruns
import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore

@testable import EverrunsControl

/// A plan with a row of each kind of rendering.
enum SamplePlan {
  static let folded = SeedPlanRow(
    address: SeedAddress(.harness, ["base"], in: .folded), name: "base", id: nil,
    organization: nil, organizations: 5,
    examples: ["Acme", "Be*ta", "Gamma"].enumerated().map {
      NamedOrganization(publicID: "org_\($0 + 2)", name: $1)
    },
    reason: .definitionChanged(fields: ["tags"]), changes: tags)
  static let home = SeedPlanRow(
    address: SeedAddress(.harness, ["base"]), name: "base", id: "1", organization: "org_1",
    organizationName: "Home", reason: .definitionChanged(fields: ["tags"]), changes: tags)
  static let overwritten = SeedPlanRow(
    address: SeedAddress(.harness, ["base"], in: .organization("org_9")), name: "base", id: "9",
    organization: "org_9", organizationName: "Ninth",
    reason: .overwritesLocalEdit(fields: ["system_prompt"]),
    changes: [
      FieldChange(field: "system_prompt", before: "Be `quick`.\nNow.", after: "Help.\nNow.")
    ])
  static let blocked = SeedPlanRow(
    address: SeedAddress(.harness, ["chat"], in: .organization("org_9")), name: "chat", id: "10",
    organization: "org_9", organizationName: "Ninth", reason: .nameOwnedByOrganization("chat"))
  static let created = SeedPlanRow(
    address: SeedAddress(.harness, ["chat"]), name: "chat", id: nil, organization: "org_1",
    organizationName: "Home", reason: .missing())
  static let unchanged = SeedPlanRow(
    address: SeedAddress(.harness, ["old"]), name: "old", id: "3", organization: "org_1",
    organizationName: "Home", reason: .matches)
  static let kept = SeedPlanRow(
    address: SeedAddress(.agent, ["helper"]), name: "helper", id: "4", organization: "org_1",
    organizationName: "Home", reason: .keptLocalEdit(fields: ["name"]),
    changes: [FieldChange(field: "name", before: "Mine", after: "Helper")])
  static let skipped = SeedPlanRow(
    address: SeedAddress(.agent, ["coder"]), name: "coder", id: "5", organization: "org_1",
    organizationName: "Home", reason: .devOnly(.prod), notes: [.existsWithoutPrerequisite],
    exists: true)

  private static let tags = [FieldChange(field: "tags", before: ["a"], after: ["a", "b"])]

  static let all = [home, folded, overwritten, created, blocked, unchanged, kept, skipped]

  /// A plan of some rows.
  static func shown(
    _ rows: [SeedPlanRow] = all, storeID: String? = "store-1", filter: SeedRowFilter = .init()
  ) throws -> ShownPlan {
    let plan = try SeedPlan(
      header: SeedPlan.Header(
        platform: .init(ref: "acme", fingerprint: PlatformDefinition.empty.fingerprint),
        platformRevision: 3,
        catalog: .init(ref: "stock", fingerprint: SeedCatalog.stock.fingerprint),
        store: .init(id: storeID, serial: 17), grade: .prod),
      rows: SeedPlanRows(rows))
    var run = SeedRunOptions()
    run.filter = filter
    return ShownPlan(plan: plan, rows: try plan.rows.filtered(by: filter), run: run)
  }
}
