import Testing

@testable import Everruns

@Suite struct RegistryTests {
  @Test func `a new registry is empty`() {
    #expect(CapabilityRegistry().identifiers == [])
    #expect(CapabilityRegistry().isEmpty)
  }

  @Test func `a stock component is registered by its name`() throws {
    var registry = CapabilityRegistry()
    try registry.register(.currentTime)
    #expect(registry.descriptors == [.currentTime])
    #expect(throws: RegistrationError(noun: "capability", identifier: "current_time")) {
      try registry.register(.currentTime)
    }
  }

  @Test func `components keep the order in which they were registered`() throws {
    let registry = try DriverRegistry(["openai", "anthropic", "llmsim"].map(driver))
    #expect(registry.identifiers == ["openai", "anthropic", "llmsim"])
    #expect(registry.map(\.providerType) == ["openai", "anthropic", "llmsim"])
  }

  @Test func `a duplicate identifier is refused and nothing changes`() throws {
    var registry = try CapabilityRegistry([capability("a", name: "First")])
    #expect(throws: RegistrationError(noun: "capability", identifier: "a")) {
      try registry.register(capability("a", name: "Second"))
    }
    #expect(registry.map(\.name) == ["First"])
  }

  @Test func `a list with a duplicate identifier is refused`() {
    #expect(throws: RegistrationError(noun: "driver", identifier: "b")) {
      try DriverRegistry(["a", "b", "b"].map(driver))
    }
  }

  @Test func `the error names the component`() {
    #expect(
      RegistrationError(noun: "provider", identifier: "daytona").description
        == "provider 'daytona' is already registered")
  }

  @Test func `a replacement keeps the position of the replaced component`() throws {
    var registry = try CapabilityRegistry([capability("a"), capability("b"), capability("c")])
    let replaced = registry.replace(capability("b", name: "New"))
    #expect(replaced?.name == "b")
    #expect(registry.map(\.name) == ["a", "New", "c"])
  }

  @Test func `a replacement without a predecessor is appended`() throws {
    var registry = try CapabilityRegistry([capability("a")])
    let replaced = registry.replace(capability("b"))
    #expect(replaced == nil)
    #expect(registry.identifiers == ["a", "b"])
  }

  @Test func `unregistering returns the removed component and keeps the order`() throws {
    var registry = try DriverRegistry(["a", "b", "c"].map(driver))
    let removed = registry.unregister("b")
    #expect(removed?.providerType == "b")
    #expect(registry.identifiers == ["a", "c"])
    #expect(registry[1].providerType == "c")
  }

  @Test func `unregistering an unknown identifier returns nil and changes nothing`() throws {
    var registry = try DriverRegistry(["a", "b"].map(driver))
    let removed = registry.unregister("x")
    #expect(removed == nil)
    #expect(registry.identifiers == ["a", "b"])
  }

  @Test func `a removed identifier can be registered again, at the end`() throws {
    var registry = try DriverRegistry(["a", "b"].map(driver))
    registry.unregister("a")
    try registry.register(driver("a"))
    #expect(registry.identifiers == ["b", "a"])
  }

  @Test func `components are found by exact identifier`() throws {
    let registry = try CapabilityRegistry([capability("current_time")])
    #expect(registry["current_time"]?.id == "current_time")
    #expect(registry["Current_Time"] == nil)
    #expect(registry[""] == nil)
    #expect(registry.contains("current_time"))
    #expect(!registry.contains("current"))
  }

  @Test func `a copy is independent of the original`() throws {
    var original = try CapabilityRegistry([capability("a"), capability("b")])
    let copy = original
    original.unregister("a")
    original.replace(capability("b", name: "New"))
    #expect(copy.map(\.name) == ["a", "b"])
  }
}

private func capability(_ id: String, name: String? = nil) -> any Capability {
  CapabilityDescriptor(id: id, name: name ?? id)
}

private func driver(_ type: String) -> any Driver {
  DriverDescriptor(providerType: type, displayName: type)
}
