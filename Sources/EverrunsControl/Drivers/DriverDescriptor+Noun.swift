import Everruns
import EverrunsDocuments
import EverrunsSeeding

extension DriverDescriptor: ComponentNoun {
  static let command = "drivers"
  static let aliases = ["driver"]
  static let summary = "LLM drivers: the provider types that the platform supports"
  static let registry: any WritableKeyPath<PlatformDefinition, DriverRegistry> & Sendable =
    \.drivers
  static let example = "gemini"
  static let columns: [Column<DriverDescriptor>] = [
    Column("provider_type", title: "type"), Column("display_name", title: "name"),
    Column("requires_api_key", title: "key"),
    Column("default_base_url", title: "url", isShortened: true),
    Column("description", visibility: .verbose, isShortened: true),
  ]
}

extension DriverDescriptor {
  /// The LLM providers of the seed catalog that need the driver.
  static func users(
    of identifiers: [String], in definition: PlatformDefinition, _ catalog: SeedCatalog
  ) -> [[String]] {
    identifiers.map { type in
      catalog.llmProviders.filter { $0.providerType == type }
        .map { SeedAddress(.llmProvider, [$0.name], in: .defaultOrganization).description }
    }
  }
}

extension DriverDescriptor: Listed {
  var listName: String { providerType }
  var document: JSONObject { DriverDescriptor.coding.encode(self) }
}
