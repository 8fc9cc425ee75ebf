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
    Column("id") { $0.id },
    Column("display_name") { $0.displayName },
    Column("connection_type") { $0.connectionType.rawValue },
    Column("description", isShortened: true) { $0.description },
  ]
}

extension ConnectionProviderDescriptor: Listed {
  var listName: String { id }
  var document: JSONObject { ConnectionProviderDescriptor.coding.encode(self) }
}
