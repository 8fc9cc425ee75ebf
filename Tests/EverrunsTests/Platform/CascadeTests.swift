import Everruns
import Testing

@Suite struct CascadeTests {
  @Test func `cascading removes dependents and all references`() throws {
    var definition = PlatformDefinition(
      capabilities: try CapabilityRegistry([
        CapabilityDescriptor(id: "middle", name: "", dependencies: ["removed"]),
        CapabilityDescriptor(id: "top", name: "", dependencies: ["free", "middle"]),
        CapabilityDescriptor(id: "free", name: ""),
        CapabilityDescriptor(id: "loop_a", name: "", dependencies: ["loop_b"]),
        CapabilityDescriptor(id: "loop_b", name: "", dependencies: ["loop_a", "top"]),
      ]),
      builtInHarnesses: [
        BuiltInHarness(
          name: "a", displayName: "A", systemPrompt: "",
          capabilities: ["top", "free", "removed", "unknown"])
      ])
    definition.removeDependents(ofCapabilities: ["removed"])
    #expect(definition.capabilities.identifiers == ["free"])
    #expect(definition.builtInHarnesses.map(\.capabilities) == [["free", "unknown"]])
  }

  @Test func `cascading without dependents removes only the capability`() throws {
    let before = PlatformDefinition(
      capabilities: try CapabilityRegistry([CapabilityDescriptor(id: "free", name: "")]))
    var after = before
    after.removeDependents(ofCapabilities: ["other"])
    #expect(after == before)
  }
}
