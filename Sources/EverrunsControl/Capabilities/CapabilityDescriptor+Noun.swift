import Everruns
import EverrunsDocuments

extension CapabilityDescriptor: ComponentNoun {
  static let command = "capabilities"
  static let aliases = ["capability"]
  static let summary = "Capabilities: what agents can be given"
  static let registry: any WritableKeyPath<PlatformDefinition, CapabilityRegistry> & Sendable =
    \.capabilities
  static let example = "daytona"
  static let columns: [Column<CapabilityDescriptor>] = [
    Column("id") { $0.id },
    Column("name", isShortened: true) { $0.name },
    Column("status") { $0.status.rawValue },
    Column("risk_level") { $0.riskLevel.rawValue },
    Column("category", isShortened: true) { $0.category ?? "-" },
  ]
}

extension CapabilityDescriptor: Listed {
  var listName: String { id }
  var document: JSONObject { CapabilityDescriptor.coding.encode(self) }
}
