import Everruns
import EverrunsDocuments
import EverrunsSeeding

extension ConnectionProviderDescriptor: ComponentNoun {
  static let command = "providers"
  static let aliases = ["provider", "connection-providers", "connections"]
  static let summary = "Connection providers: the external accounts that users can connect"
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

extension ConnectionProviderDescriptor {
  /// The capability of the same id, which uses the connected account.
  static func users(
    of identifiers: [String], in definition: PlatformDefinition, _ catalog: SeedCatalog
  ) -> [[String]] {
    identifiers.map { definition.capabilities.contains($0) ? ["capability/\($0)"] : [] }
  }
}

extension ConnectionProviderDescriptor: Listed {
  var listName: String { id }
  var document: JSONObject { ConnectionProviderDescriptor.coding.encode(self) }
}
