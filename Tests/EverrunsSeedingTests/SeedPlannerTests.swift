import Everruns
import EverrunsSeeding
import Testing

/// What a definition says about harnesses and the settings that name them, whatever a store holds.
@Suite struct SeedPlannerTests {
  @Test func `templates keep their order and their parents`() {
    let desired = desired(.oss())
    #expect(desired.harnesses.map(\.template) == PlatformDefinition.oss().builtInHarnesses)
    #expect(desired.harnesses.map(\.parent) == [nil, nil, "generic"])
    #expect(desired.harnesses.allSatisfy { $0.notes.isEmpty })
  }

  @Test func `a harness with a missing parent is created without one, with a note`() throws {
    let chat = try #require(desired(Self.customizedPlatform).harnesses.first)
    #expect(chat.template.name == "platform-chat")
    #expect(chat.parent == nil)
    #expect(chat.notes == [.parentUnknown("generic")])
    #expect(
      chat.notes.map(\.message) == ["without a parent: 'generic' is not in the definition"])
  }

  @Test func `unregistered capabilities are dropped from a harness, with a note`() throws {
    let server = CapabilityUse("mcp:\(Sample.serverID)")
    var platform = Sample.platform
    platform.builtInHarnesses = [
      BuiltInHarness(
        name: "a", displayName: "A", systemPrompt: "",
        capabilities: ["gone", "web", server, "lost"])
    ]
    let harness = try #require(desired(platform).harnesses.first)
    #expect(harness.capabilities == ["web", server])
    #expect(harness.notes == [.capabilitiesDropped(["gone", "lost"])])
    #expect(harness.notes.map(\.message) == ["without 'gone' and 'lost': not registered"])
  }

  @Test func `settings get the harnesses with their roles, whatever their names`() {
    let settings = desired(Self.customizedPlatform).harnessSettings
    #expect(settings.map(\.setting) == [.defaultHarness, .baseHarness])
    #expect(settings.map(\.role) == [.default, .base])
    #expect(settings.map(\.harness) == ["minimal", "minimal"])
  }

  @Test func `a role that no harness has leaves its setting without one`() {
    #expect(desired(.worker()).harnessSettings.map(\.harness) == [nil, nil])
  }

  @Test func `dependency cycles end the search for unregistered capabilities`() throws {
    var platform = Sample.platform
    platform.capabilities.replace(
      CapabilityDescriptor(id: "web", name: "Web", dependencies: ["web", "loop"]))
    platform.capabilities.replace(
      CapabilityDescriptor(id: "loop", name: "Loop", dependencies: ["web"]))
    #expect(
      try lines(of: .agent, on: platform)
        == ["create missing agent/helper \(Sample.agentID): not in the store"])
  }

  @Test func `an agent on a chain of 100,000 capabilities is planned`() throws {
    var platform = Sample.platform
    for index in 0..<100_000 {
      platform.capabilities.replace(
        CapabilityDescriptor(
          id: index == 0 ? "web" : "c\(index)", name: "C", dependencies: ["c\(index + 1)"]))
    }
    #expect(
      try lines(of: .agent, on: platform) == [
        "skip capability_not_registered agent/helper \(Sample.agentID) absent: "
          + "the capability 'c100000' is not registered"
      ])
  }

  private func desired(_ definition: PlatformDefinition) -> SeedDesiredState {
    SeedPlanner(definition: definition, catalog: Sample.catalog, grade: .prod).desiredState
  }

  /// The stock platform with one harness in the place of two of its own.
  private static var customizedPlatform: PlatformDefinition {
    var platform = PlatformDefinition.oss()
    platform.builtInHarnesses.removeAll { $0.has(.base) || $0.has(.default) }
    platform.builtInHarnesses.append(
      BuiltInHarness(
        name: "minimal", displayName: "Minimal", systemPrompt: "You are a helpful assistant.",
        roles: [.base, .default], capabilities: ["current_time"]))
    return platform
  }
}
