import Everruns

/// What the commands of a family of components need to know beside what the library says.
protocol ControlFamily: ComponentFamily {
  /// The noun of the commands, in the plural.
  static var command: String { get }
  /// Other words for the noun.
  static var aliases: [String] { get }
  /// What the noun is, in a sentence.
  static var summary: String { get }
  /// The registry in a definition.
  static var registry: any WritableKeyPath<PlatformDefinition, Registry<Self>> & Sendable { get }
  /// The columns of the list.
  static var columns: [Column<Descriptor>] { get }
  /// An identifier for examples.
  static var example: String { get }
}

extension DriverFamily: ControlFamily {
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

extension ConnectionProviderFamily: ControlFamily {
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

extension CapabilityFamily: ControlFamily {
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
