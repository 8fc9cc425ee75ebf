extension PlatformDefinition {
  /// The stock platform: every capability, driver, connection provider and harness template that
  /// the grade allows.
  public static func oss(grade: Grade = .prod) -> PlatformDefinition {
    PlatformDefinition(
      capabilities: .stock(grade), drivers: .stock(grade), connectionProviders: .stock(grade),
      builtInHarnesses: BuiltInHarness.stock)
  }

  /// The part of the stock platform that a worker needs: its capabilities and drivers.
  public static func worker(grade: Grade = .prod) -> PlatformDefinition {
    PlatformDefinition(capabilities: .stock(grade), drivers: .stock(grade))
  }

  /// An empty platform.
  public static var empty: PlatformDefinition { PlatformDefinition() }
}

extension Registry {
  /// A registry of the components that a grade allows, of descriptors with unique identifiers.
  fileprivate init(distinct descriptors: [Descriptor], admittedIn grade: Grade) {
    self.init()
    for descriptor in descriptors where grade.admitsExperiments || !descriptor.isExperimental {
      replace(descriptor.component)
    }
  }
}

extension CapabilityRegistry {
  fileprivate static func stock(_ grade: Grade) -> Self {
    Self(distinct: CapabilityDescriptor.stock, admittedIn: grade)
  }
}

extension DriverRegistry {
  fileprivate static func stock(_ grade: Grade) -> Self {
    Self(distinct: DriverDescriptor.stock, admittedIn: grade)
  }
}

extension ConnectionProviderRegistry {
  fileprivate static func stock(_ grade: Grade) -> Self {
    Self(distinct: ConnectionProviderDescriptor.stock, admittedIn: grade)
  }
}
