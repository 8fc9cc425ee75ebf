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
    Column("provider_type", title: "type"), Column("display_name", title: "name"),
    Column("requires_api_key", title: "key"),
    Column("default_base_url", title: "url", isShortened: true),
    Column("description", visibility: .verbose, isShortened: true),
  ]
}

extension DriverDescriptor: Listed {
  var listName: String { providerType }
  var document: JSONObject { DriverDescriptor.coding.encode(self) }
}
