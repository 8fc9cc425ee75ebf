import Everruns
import EverrunsDocuments
import EverrunsSeeding

extension CapabilityDescriptor: ComponentNoun {
  static let command = "capabilities"
  static let aliases = ["capability"]
  static let summary = "Capabilities: modular units of agent functionality"
  static let registry: any WritableKeyPath<PlatformDefinition, CapabilityRegistry> & Sendable =
    \.capabilities
  static let example = "daytona"
  static let derivedKeys = ["required_by", "used_by_harnesses", "used_by_seed_agents", "used_by"]
  static let hasDependents = true
  static func users(
    of identifiers: [String], in definition: PlatformDefinition, _ catalog: SeedCatalog
  ) -> [[String]] {
    let usage = CapabilityUsage(definition, catalog: catalog)
    return identifiers.map { usage[$0] }
  }

  static let columns: [Column<CapabilityDescriptor>] = [
    Column("id"), Column("name", isShortened: true), Column("status"),
    Column("risk_level", title: "risk"), Column("category", isShortened: true),
    Column("dependencies", title: "needs", visibility: .verbose, isShortened: true),
    Column("description", visibility: .verbose, isShortened: true),
  ]
}

extension CapabilityDescriptor: Listed {
  var listName: String { id }
  var document: JSONObject { CapabilityDescriptor.coding.encode(self) }
}
