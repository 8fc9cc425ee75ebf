import Testing

@testable import Everruns

@Suite struct PlatformDefinitionBuilderTests {
  private let time = CapabilityDescriptor(id: "current_time", name: "Current Time")
  private let openAI = DriverDescriptor(providerType: "openai", displayName: "OpenAI")
  private let gitHub = ConnectionProviderDescriptor(id: "github", displayName: "GitHub")
  private let minimal = BuiltInHarness(
    name: "minimal", displayName: "Minimal", systemPrompt: "Help.", roles: [.base, .default],
    capabilities: ["current_time"])

  @Test func `a definition is composed part by part`() throws {
    let built = try PlatformDefinition.builder()
      .capability(time)
      .driver(openAI)
      .connectionProvider(gitHub)
      .builtInHarness(minimal)
      .build()
    let assembled = PlatformDefinition(
      capabilities: try CapabilityRegistry([time]), drivers: try DriverRegistry([openAI]),
      connectionProviders: try ConnectionProviderRegistry([gitHub]), builtInHarnesses: [minimal])
    #expect(built == assembled)
  }

  @Test func `a builder without parts builds the empty definition`() throws {
    #expect(try PlatformDefinition.builder().build() == .empty)
  }

  @Test func `several capabilities are registered in order`() throws {
    let built = try PlatformDefinition.builder()
      .capabilities([CapabilityDescriptor(id: "b", name: "B"), time])
      .build()
    #expect(built.capabilities.identifiers == ["b", "current_time"])
  }

  @Test func `a builder that starts with a definition leaves that definition alone`() throws {
    let start = PlatformDefinition.oss()
    let built = try start.builder().builtInHarness(minimal).build()
    #expect(built.builtInHarnesses == start.builtInHarnesses + [minimal])
    #expect(start == .oss())
  }

  @Test func `a step does not change the builder it was taken from`() throws {
    let common = PlatformDefinition.builder().capability(time)
    let server = common.driver(openAI)
    #expect(try common.build().drivers.isEmpty)
    #expect(try server.build().drivers.identifiers == ["openai"])
  }

  @Test func `building is refused with the first identifier that was taken`() {
    let builder = PlatformDefinition.builder()
      .driver(openAI).driver(openAI)
      .capability(time).capability(time)
    #expect(throws: RegistrationError(noun: "driver", identifier: "openai")) {
      try builder.build()
    }
  }

  @Test func `a provider registered twice is refused as well`() {
    let builder = PlatformDefinition.builder().connectionProvider(gitHub).connectionProvider(gitHub)
    #expect(throws: RegistrationError(noun: "provider", identifier: "github")) {
      try builder.build()
    }
  }
}
