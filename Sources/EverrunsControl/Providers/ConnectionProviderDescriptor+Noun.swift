import Everruns
import EverrunsDocuments

extension ConnectionProviderDescriptor: ComponentNoun {
  static let command = "providers"
  static let aliases = ["provider", "connection-providers", "connections"]
  static let summary = "Connection providers: which outside accounts users can connect"
  static let registry:
    any WritableKeyPath<PlatformDefinition, ConnectionProviderRegistry> & Sendable =
      \.connectionProviders
  static let example = "daytona"
  static let columns: [Column<ConnectionProviderDescriptor>] = [
    Column("id"), Column("display_name", title: "name"),
    Column("connection_type", title: "type"), Column("description", isShortened: true),
    Column("experimental", visibility: .verbose),
  ]
}

extension ConnectionProviderDescriptor: Listed {
  var listName: String { id }
  var document: JSONObject { ConnectionProviderDescriptor.coding.encode(self) }
}
