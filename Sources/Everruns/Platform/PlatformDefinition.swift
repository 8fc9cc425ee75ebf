/// The composition root that a control plane and its workers share: what a platform is made of.
///
/// It owns exactly four things. It is a value: copies given to a server and to a worker never
/// diverge behind each other's back.
///
/// ```swift
/// var platform = PlatformDefinition.oss()
/// platform.capabilities.unregister("daytona")
/// platform.connectionProviders.unregister("daytona")
/// platform.builtInHarnesses.removeAll { $0.has(.base) || $0.has(.default) }
/// ```
public struct PlatformDefinition: Sendable {
  /// What agents can be given.
  public var capabilities: CapabilityRegistry
  /// The kinds of LLM provider that can be spoken to.
  public var drivers: DriverRegistry
  /// The outside accounts that users can connect.
  public var connectionProviders: ConnectionProviderRegistry
  /// The harness templates that every organization gets, in order.
  public var builtInHarnesses: [BuiltInHarness]

  /// A definition of these parts; what is left out is empty.
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

  /// The template that plays a part: the first in order that has the role.
  public func harness(for role: HarnessRole) -> BuiltInHarness? {
    builtInHarnesses.first { $0.has(role) }
  }

  /// The template of a name: the first in order that has it.
  public func harness(named name: String) -> BuiltInHarness? {
    builtInHarnesses.first { $0.name == name }
  }
}

extension PlatformDefinition: Equatable {
  /// Definitions are equal when their documents are: the same data in the same order, whatever
  /// types the components have.
  public static func == (a: PlatformDefinition, b: PlatformDefinition) -> Bool {
    a.document == b.document
  }
}
