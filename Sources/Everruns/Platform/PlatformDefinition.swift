import EverrunsDocuments

/// The composition root that a control plane and its workers share.
///
/// It is a value: copies given to a server and to a worker never diverge.
///
/// ```swift
/// var platform = PlatformDefinition.oss()
/// platform.capabilities.unregister("daytona")
/// platform.connectionProviders.unregister("daytona")
/// platform.builtInHarnesses.removeAll { $0.has(.base) || $0.has(.default) }
/// ```
public struct PlatformDefinition: Sendable {
  /// The capabilities that agents can be given.
  public var capabilities: CapabilityRegistry
  /// The drivers for LLM providers.
  public var drivers: DriverRegistry
  /// The providers of outside accounts that users can connect.
  public var connectionProviders: ConnectionProviderRegistry
  /// The harness templates from which every organization gets its built-in harnesses, in order.
  public var builtInHarnesses: [BuiltInHarness]

  /// Creates a definition.
  ///
  /// Nothing is validated: use ``validate(grade:)``, or a builder, which validates at once.
  public init(
    capabilities: CapabilityRegistry = CapabilityRegistry(),
    drivers: DriverRegistry = DriverRegistry(),
    connectionProviders: ConnectionProviderRegistry = ConnectionProviderRegistry(),
    builtInHarnesses: [BuiltInHarness] = []
  ) {
    self.capabilities = capabilities
    self.drivers = drivers
    self.connectionProviders = connectionProviders
    self.builtInHarnesses = builtInHarnesses
  }

  /// The first template with a role.
  public func harness(for role: HarnessRole) -> BuiltInHarness? {
    builtInHarnesses.first { $0.has(role) }
  }

  /// The first template with a name.
  public func harness(named name: String) -> BuiltInHarness? {
    builtInHarnesses.first { $0.name == name }
  }

  /// The templates by name; of several with one name, the first.
  package var harnessesByName: [String: BuiltInHarness] {
    Dictionary(firstByKey: builtInHarnesses.map { ($0.name, $0) })
  }
}

extension PlatformDefinition: Equatable {
  /// Definitions are equal if their documents are, whatever the types of their components.
  ///
  /// Documents compare strings by bytes, as fingerprints do; descriptors compare strings like
  /// Swift, which does not distinguish composed and decomposed characters.
  public static func == (a: PlatformDefinition, b: PlatformDefinition) -> Bool {
    a.document == b.document
  }
}
