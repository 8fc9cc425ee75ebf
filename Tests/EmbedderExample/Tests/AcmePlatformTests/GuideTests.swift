import Everruns
import Testing

@testable import AcmePlatform

/// The two examples of the embedding guide.
@Suite struct GuideTests {
  @Test func `the customized platform's only diagnostic is a chat harness without its parent`() {
    #expect(
      findings(in: customizedPlatform()) == [
        "warning unknown_parent: the harness 'platform-chat' has the parent 'generic', which is not in the definition"
      ])
  }

  @Test func `the roles follow the harnesses that have them`() {
    let platform = customizedPlatform()
    #expect(
      HarnessRole.allCases.map { platform.harness(for: $0)?.name }
        == ["minimal", "minimal", "platform-chat"])
  }

  @Test func `only what the example names changes`() {
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

  @Test func `components are found by identifier`() {
    let platform = customizedPlatform()
    #expect(!platform.capabilities.contains("daytona"))
    #expect(platform.capabilities["daytona"] == nil)
    #expect(platform.capabilities["current_time"]?.name == "Current Time")
  }

  @Test func `the platform from scratch has the registered components and no chat harness`() throws
  {
    let platform = try platformFromScratch()
    #expect(platform.capabilities.identifiers == ["current_time"])
    #expect(platform.drivers.identifiers == ["openai"])
    #expect(platform.connectionProviders.isEmpty)
    #expect(platform.builtInHarnesses.map(\.name) == ["minimal"])
    #expect(
      findings(in: platform) == ["warning no_harness_for_role: no harness has the role 'chat'"])
  }

  @Test func `its stock components are those of the stock platform`() throws {
    let platform = try platformFromScratch()
    let stock = PlatformDefinition.oss()
    #expect(platform.capabilities.descriptors == [.currentTime])
    #expect(stock.capabilities.descriptors.contains(.currentTime))
    #expect(platform.drivers.descriptors == [.openAI])
    #expect(stock.drivers.descriptors.contains(.openAI))
  }
}
