import Everruns
import EverrunsDocuments
import Testing

@Suite struct PresetTests {
  @Test(arguments: Grade.allCases)
  func `oss is the stock platform, with experimental components only in grade dev`(grade: Grade)
    throws
  {
    let isDev = grade == .dev
    #expect(
      PlatformDefinition.oss(grade: grade).document == [
        "format": "everruns.platform/v1",
        "capabilities": try Fixture.elements("oss-capabilities", withExperimental: isDev),
        "drivers": try Fixture.value("oss-drivers"),
        "connection_providers": try Fixture.elements(
          "oss-connection-providers", withExperimental: isDev),
        "built_in_harnesses": try Fixture.value("oss-harnesses"),
      ])
  }

  @Test(arguments: Grade.allCases)
  func `worker is the capabilities and drivers of the stock platform`(grade: Grade) throws {
    #expect(
      PlatformDefinition.worker(grade: grade).document == [
        "format": "everruns.platform/v1",
        "capabilities": try Fixture.elements(
          "oss-capabilities", withExperimental: grade == .dev),
        "drivers": try Fixture.value("oss-drivers"),
        "connection_providers": [],
        "built_in_harnesses": [],
      ])
  }

  @Test(arguments: Grade.allCases)
  func `the presets of the stock program are oss, worker and empty`(grade: Grade) {
    #expect(PlatformPreset.stock.map(\.name) == ["oss", "worker", "empty"])
    #expect(
      PlatformPreset.stock.map { $0.definition(grade: grade) }
        == [.oss(grade: grade), .worker(grade: grade), .empty])
  }

  @Test func `the default grade of a preset is prod`() {
    #expect(PlatformDefinition.oss() == .oss(grade: .prod))
    #expect(PlatformDefinition.worker() == .worker(grade: .prod))
  }

  @Test(arguments: Grade.allCases)
  func `presets validate in their grade without a warning`(grade: Grade) {
    for preset in PlatformPreset.stock {
      #expect(
        preset.definition(grade: grade).validate(grade: grade).map(\.line) == [],
        "preset \(preset.name)")
    }
  }

  @Test func `the registries of the presets are sorted by id`() {
    let stock = PlatformDefinition.oss(grade: .dev)
    #expect(stock.capabilities.identifiers == stock.capabilities.identifiers.sorted())
    #expect(stock.drivers.identifiers == stock.drivers.identifiers.sorted())
    #expect(
      stock.connectionProviders.identifiers == stock.connectionProviders.identifiers.sorted())
  }

  @Test func `every preset can be exported and imported again`() throws {
    for grade in Grade.allCases {
      for preset in PlatformPreset.stock {
        let definition = preset.definition(grade: grade)
        let text = definition.document.prettyJSON
        let read = try PlatformDocument(reading: try JSONReader.read(text.utf8), grade: grade)
        #expect(read.definition == definition)
        #expect(read.definition.document.prettyJSON == text)
        #expect(read.warnings == [])
      }
    }
  }

  @Test(arguments: [
    (Grade.dev, "457c16cf6331c4f4269670b412008a1f7d5de261797f078a93b812b5d239e6f1"),
    (Grade.prod, "4629d559f7795d947d3355a959c2425b9ccf0c7aaef4bc73d20928c3880eaf3d"),
  ])
  func `the fingerprint equals the one computed by Python and sha256sum`(
    grade: Grade, digest: String
  ) {
    // python3: json.dumps(document, ensure_ascii=False, separators=(",", ":")), then hashlib.
    #expect(PlatformDefinition.oss(grade: grade).fingerprint.description == "sha256:" + digest)
  }

  @Test func `the stock platform as YAML has no comments`() {
    let text = YAMLWriter.write(PlatformDefinition.oss(grade: .dev).document)
    #expect(!YAMLExtras(of: text.utf8).hasComments)
  }
}
