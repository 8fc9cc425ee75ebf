import Everruns
import Testing

/// The examples of the embedding guide, which stand in `EmbeddingExamples.swift`.
@Suite struct EmbeddingGuideTests {
  @Test func `its platform has a chat harness without its parent, and nothing else to say`() {
    #expect(
      customizedPlatform().validate(grade: .prod).map(\.line) == [
        "warning unknown_parent /built_in_harnesses/0/parent: "
          + "the harness 'platform-chat' builds on 'generic', which is not there"
      ])
  }

  @Test func `the roles follow the harnesses that have them`() {
    let platform = customizedPlatform()
    #expect(
      HarnessRole.allCases.map { platform.harness(for: $0)?.name }
        == ["minimal", "minimal", "platform-chat"])
  }

  @Test func `nothing but what it names is changed`() {
    let stock = PlatformDefinition.oss()
    let platform = customizedPlatform()
    #expect(
      platform.capabilities.identifiers
        == stock.capabilities.identifiers.filter { $0 != "daytona" })
    #expect(
      platform.connectionProviders.identifiers
        == stock.connectionProviders.identifiers.filter { $0 != "daytona" })
    #expect(platform.drivers.identifiers == stock.drivers.identifiers)
    #expect(platform.builtInHarnesses.map(\.name) == ["platform-chat", "minimal"])
  }

  @Test func `the platform from scratch is complete`() throws {
    #expect(try platformFromScratch().validate(grade: .prod) == [])
  }
}
