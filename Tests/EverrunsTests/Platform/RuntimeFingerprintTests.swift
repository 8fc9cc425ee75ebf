import Everruns
import Testing

@Suite struct RuntimeFingerprintTests {
  @Test(arguments: Grade.allCases)
  func `a stock worker fits a stock server`(grade: Grade) {
    #expect(
      PlatformDefinition.oss(grade: grade).runtimeFingerprint
        == PlatformDefinition.worker(grade: grade).runtimeFingerprint)
  }

  @Test func `the runtime fingerprint covers only what a worker runs`() {
    let stock = PlatformDefinition.oss()
    var platform = stock
    platform.builtInHarnesses.removeAll()
    platform.connectionProviders.unregister("github")
    #expect(platform.runtimeFingerprint == stock.runtimeFingerprint)
    platform.drivers.unregister("gemini")
    #expect(platform.runtimeFingerprint != stock.runtimeFingerprint)
    platform = stock
    platform.capabilities.unregister("current_time")
    #expect(platform.runtimeFingerprint != stock.runtimeFingerprint)
  }
}
