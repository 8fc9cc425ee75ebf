import Everruns
import EverrunsDocuments
import Testing

@Suite struct EffectiveHarnessTests {
  @Test func `a harness without a parent is itself`() throws {
    let platform = try platform([harness("a", capabilities: ["one"])])
    let effective = try effective("a", in: platform)
    #expect(effective.lineage == ["a"])
    #expect(effective.systemPrompt == "Prompt of a.")
    #expect(effective.capabilities == ["one"])
    #expect(try effective.resolution.get().resolved == ["one"])
  }

  @Test func `prompts are joined with an empty line, the topmost parent's first`() throws {
    let platform = try platform([
      harness("child", parent: "middle"), harness("top"), harness("middle", parent: "top"),
    ])
    let effective = try effective("child", in: platform)
    #expect(effective.lineage == ["top", "middle", "child"])
    #expect(effective.systemPrompt == "Prompt of top.\n\nPrompt of middle.\n\nPrompt of child.")
  }

  @Test func `the child's configuration wins at the capability's first position`()
    throws
  {
    let platform = try platform([
      harness(
        "parent",
        capabilities: [CapabilityUse("one", config: ["x": 1, "y": 1]), "two"]),
      harness(
        "child", parent: "parent",
        capabilities: ["three", CapabilityUse("one", config: ["x": 2])]),
    ])
    #expect(
      try effective("child", in: platform).capabilities
        == [CapabilityUse("one", config: ["x": 2]), "two", "three"])
  }

  @Test func `a child's bare reference removes the parent's configuration`() throws {
    let platform = try platform([
      harness("parent", capabilities: [CapabilityUse("one", config: ["x": 1])]),
      harness("child", parent: "parent", capabilities: ["one"]),
    ])
    #expect(try effective("child", in: platform).capabilities == ["one"])
  }

  @Test func `capabilities are resolved with their dependencies, unknown ones reported`() throws {
    let platform = try platform([harness("a", capabilities: ["needs_two", "gone"])])
    let resolution = try effective("a", in: platform).resolution.get()
    #expect(resolution.resolved == ["two", "needs_two"])
    #expect(resolution.added == ["two"])
    #expect(resolution.unknown == ["gone"])
    #expect(resolution.features == ["feature_of_two"])
    #expect(resolution.maximumRisk == .high)
  }

  @Test func `MCP servers are kept and not resolved`() throws {
    let server = CapabilityUse("mcp:01933b5a-0000-7000-8000-000000000501")
    let platform = try platform([harness("a", capabilities: [server, "one"])])
    let effective = try effective("a", in: platform)
    #expect(effective.capabilities == [server, "one"])
    #expect(try effective.resolution.get().unknown == [])
  }

  @Test func `a missing parent ends the lineage`() throws {
    let platform = try platform([harness("a", parent: "gone")])
    #expect(try effective("a", in: platform).lineage == ["a"])
  }

  @Test(arguments: ["a", "b"])
  func `a parent cycle ends where it closes`(name: String) throws {
    let platform = try platform([
      harness("a", parent: "b"), harness("b", parent: "a"), harness("self", parent: "self"),
    ])
    #expect(try effective(name, in: platform).lineage == [name == "a" ? "b" : "a", name])
    #expect(try effective("self", in: platform).lineage == ["self"])
  }

  @Test func `capabilities in a dependency cycle are merged, not resolved`()
    throws
  {
    let platform = try platform([harness("a", capabilities: ["loop"])])
    let effective = try effective("a", in: platform)
    #expect(effective.capabilities == ["loop"])
    #expect(effective.resolution == .failure(.cycle(["loop"])))
  }

  @Test func `an unknown template name gives no harness`() throws {
    #expect(try platform([harness("a")]).effectiveHarness(named: "b") == nil)
  }

  private func platform(_ harnesses: [BuiltInHarness]) throws -> PlatformDefinition {
    PlatformDefinition(
      capabilities: try CapabilityRegistry([
        CapabilityDescriptor(id: "one", name: "One"),
        CapabilityDescriptor(
          id: "two", name: "Two", riskLevel: .high, features: ["feature_of_two"]),
        CapabilityDescriptor(id: "three", name: "Three"),
        CapabilityDescriptor(id: "needs_two", name: "Needs Two", dependencies: ["two"]),
        CapabilityDescriptor(id: "loop", name: "Loop", dependencies: ["loop"]),
      ]), builtInHarnesses: harnesses)
  }

  private func harness(
    _ name: String, parent: String? = nil, capabilities: [CapabilityUse] = []
  ) -> BuiltInHarness {
    BuiltInHarness(
      name: name, displayName: name, systemPrompt: "Prompt of \(name).", parent: parent,
      capabilities: capabilities)
  }

  private func effective(
    _ name: String, in platform: PlatformDefinition
  ) throws -> EffectiveHarness {
    try #require(platform.effectiveHarness(named: name))
  }
}
