extension PlatformDefinition {
  /// The stock platform: every capability, driver, connection provider and harness template that
  /// the grade admits.
  public static func oss(grade: Grade = .prod) -> PlatformDefinition {
    PlatformDefinition(
      capabilities: .stock(grade), drivers: .stock(grade), connectionProviders: .stock(grade),
      builtInHarnesses: StockHarnesses.all)
  }

  /// What a worker needs of the stock platform: its capabilities and drivers.
  public static func worker(grade: Grade = .prod) -> PlatformDefinition {
    PlatformDefinition(capabilities: .stock(grade), drivers: .stock(grade))
  }

  /// A platform with nothing in it.
  public static var empty: PlatformDefinition { PlatformDefinition() }
}

extension Registry {
  /// A registry of components that are known to differ, as a test proves of the stock ones.
  fileprivate init(distinct components: some Sequence<Family.Component>) {
    self.init()
    for component in components {
      replace(component)
    }
  }
}

extension Registry where Family == CapabilityFamily {
  fileprivate static func stock(_ grade: Grade) -> Self {
    Registry(distinct: StockCapabilities.all).admitted(in: grade)
  }
}

extension Registry where Family == DriverFamily {
  fileprivate static func stock(_ grade: Grade) -> Self {
    Registry(distinct: StockDrivers.all).admitted(in: grade)
  }
}

extension Registry where Family == ConnectionProviderFamily {
  fileprivate static func stock(_ grade: Grade) -> Self {
    Registry(distinct: StockConnectionProviders.all).admitted(in: grade)
  }
}
