import Everruns
import EverrunsDocuments
import Testing

@Suite struct PlatformDefinitionTests {
  @Test func `a new definition is empty`() {
    #expect(PlatformDefinition() == .empty)
    #expect(
      PlatformDefinition().document == [
        "format": "everruns.platform/v1", "capabilities": [], "drivers": [],
        "connection_providers": [], "built_in_harnesses": [],
      ])
  }

  @Test func `a worker's copy is independent of the server's`() {
    var server = PlatformDefinition.oss()
    let worker = server
    server.capabilities.unregister("daytona")
    server.drivers.unregister("openai")
    server.connectionProviders.unregister("daytona")
    server.builtInHarnesses.removeAll()
    #expect(worker == .oss())
  }

  @Test func `the first harness with a role has it`() {
    let definition = PlatformDefinition(builtInHarnesses: [
      harness("none"), harness("first", roles: [.chat, .base]), harness("second", roles: [.base]),
    ])
    #expect(definition.harness(for: .base)?.name == "first")
    #expect(definition.harness(for: .chat)?.name == "first")
    #expect(definition.harness(for: .default) == nil)
  }

  @Test func `a harness is found by name`() {
    let definition = PlatformDefinition(builtInHarnesses: [harness("a"), harness("b")])
    #expect(definition.harness(named: "b") == harness("b"))
    #expect(definition.harness(named: "c") == nil)
  }

  @Test func `the order of components is part of a definition`() throws {
    let a = CapabilityDescriptor(id: "a", name: "A")
    let b = CapabilityDescriptor(id: "b", name: "B")
    #expect(
      PlatformDefinition(capabilities: try CapabilityRegistry([a, b]))
        != PlatformDefinition(capabilities: try CapabilityRegistry([b, a])))
  }

  @Test func `the order of keys in a configuration is not part of a definition`() {
    let one = harness("a", config: ["x": 1, "y": ["p": 1, "q": 2]])
    let other = harness("a", config: ["y": ["q": 2, "p": 1], "x": 1])
    #expect(
      PlatformDefinition(builtInHarnesses: [one]) == PlatformDefinition(builtInHarnesses: [other]))
  }

  private func harness(
    _ name: String, roles: [HarnessRole] = [], config: JSONObject = [:]
  ) -> BuiltInHarness {
    BuiltInHarness(
      name: name, displayName: name, systemPrompt: "Help.", roles: roles,
      capabilities: [CapabilityUse("current_time", config: config)])
  }
}
