import Everruns
import EverrunsDocuments
import Testing

@Suite struct PlatformDefinitionBuilderTests {
  private static let minimal = BuiltInHarness(
    name: "minimal", displayName: "Minimal", systemPrompt: "Help.", roles: [.base, .default],
    capabilities: ["current_time"])

  @Test func `a definition is composed from registries and harnesses`() throws {
    let capabilities = try CapabilityRegistry([CapabilityDescriptor.currentTime])
    let drivers = try DriverRegistry([DriverDescriptor.openAI])
    let providers = try ConnectionProviderRegistry([ConnectionProviderDescriptor.gitHub])
    let built = try PlatformDefinition.builder()
      .capabilities(capabilities)
      .drivers(drivers)
      .connectionProviders(providers)
      .builtInHarnesses([Self.minimal])
      .build()
    #expect(
      built
        == PlatformDefinition(
          capabilities: capabilities, drivers: drivers, connectionProviders: providers,
          builtInHarnesses: [Self.minimal]))
  }

  @Test func `a builder without parts builds the empty definition`() throws {
    #expect(try PlatformDefinition.builder().build() == .empty)
  }

  @Test func `a builder step does not change the original builder`() throws {
    let common = PlatformDefinition.builder().builtInHarnesses([Self.minimal])
    let server = common.drivers(try DriverRegistry([DriverDescriptor.openAI]))
    #expect(try common.build().drivers.isEmpty)
    #expect(try server.build().drivers.identifiers == ["openai"])
  }

  @Test func `a definition with errors is not built, and every error is named`() throws {
    var other = Self.minimal
    other.name = "Not A Name"
    let error = try #require(
      #expect(throws: DocumentRefusal.self) {
        try PlatformDefinition.builder()
          .builtInHarnesses([Self.minimal, Self.minimal, other])
          .build()
      })
    #expect(error.diagnostics.map(\.code) == [.duplicateID, .invalidID])
    #expect(
      error.description == """
        /built_in_harnesses/1/name: the harness 'minimal' appears twice
        /built_in_harnesses/2/name: 'Not A Name' is not a valid name
        """)
  }

  @Test func `warnings do not prevent building a definition`() throws {
    let built = try PlatformDefinition.builder().builtInHarnesses([Self.minimal]).build()
    #expect(built.validate().map(\.severity) == [.warning, .warning])
  }
}
