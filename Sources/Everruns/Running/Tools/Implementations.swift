/// The code for components that a definition holds as plain data.
///
/// A capability or driver that is code itself, an ``ExecutableCapability`` or a ``ChatDriver``, is
/// used as it is. All others, such as everything that was read from a document, are executed by the
/// implementation of the same id, if a worker has one.
///
/// ```swift
/// WorkerAppBuilder(.fromEnvironment())
///   .implementations(Implementations(capabilities: [AcmeSearch()]))
/// ```
public struct Implementations: Sendable {
  private var capabilities: [String: any ExecutableCapability] = [:]
  private var drivers: [String: any ChatDriver] = [:]

  /// Implementations of capabilities and drivers; of two with one id the last one counts.
  public init(
    capabilities: [any ExecutableCapability] = [], drivers: [any ChatDriver] = []
  ) {
    for capability in capabilities {
      self.capabilities[capability.id] = capability
    }
    for driver in drivers {
      self.drivers[driver.providerType] = driver
    }
  }

  /// These implementations and others; where both have an id, the other's.
  public func adding(_ other: Implementations) -> Implementations {
    var copy = self
    copy.capabilities.merge(other.capabilities) { $1 }
    copy.drivers.merge(other.drivers) { $1 }
    return copy
  }

  /// The code of a capability, if there is any.
  package func code(of capability: any Capability) -> (any ExecutableCapability)? {
    capability as? any ExecutableCapability ?? capabilities[capability.id]
  }

  /// The code of a driver, if there is any.
  package func code(of driver: any Driver) -> (any ChatDriver)? {
    driver as? any ChatDriver ?? drivers[driver.providerType]
  }
}
