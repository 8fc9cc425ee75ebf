import Everruns
import EverrunsDocuments

extension DriverDescriptor: ComponentNoun {
  static let command = "drivers"
  static let aliases = ["driver"]
  static let summary = "LLM drivers: which kinds of provider the platform can speak to"
  static let registry: any WritableKeyPath<PlatformDefinition, DriverRegistry> & Sendable =
    \.drivers
  static let example = "gemini"
  static let columns: [Column<DriverDescriptor>] = [
    Column("provider_type") { $0.providerType },
    Column("display_name") { $0.displayName },
    Column("requires_api_key") { $0.requiresAPIKey ? "yes" : "no" },
    Column("default_base_url", isShortened: true) { $0.defaultBaseURL ?? "-" },
  ]
}

extension DriverDescriptor: Listed {
  var listName: String { providerType }
  var document: JSONObject { DriverDescriptor.coding.encode(self) }
}
