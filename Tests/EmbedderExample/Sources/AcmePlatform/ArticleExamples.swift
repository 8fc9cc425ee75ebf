import Everruns
import EverrunsDocuments
import EverrunsSeeding

// The other examples of the article "Embedding Everruns"; a test compares the article with this
// file.

func workerSurface(of platform: PlatformDefinition) -> PlatformDefinition {
  var worker = platform
  worker.connectionProviders = ConnectionProviderRegistry()
  worker.builtInHarnesses = []
  return worker
}

func findings(in platform: PlatformDefinition) -> [String] {
  platform.validate().map { finding in
    "\(finding.severity.rawValue) \(finding.code.rawValue): \(finding.message)"
  }
}

struct Weather: Capability {
  let id = "weather"
  let name = "Weather"
  let riskLevel = RiskLevel.medium
  let tools = ["get_weather"]
}

func platformWithWeather() throws -> PlatformDefinition {
  var platform = PlatformDefinition.oss()
  try platform.capabilities.register(Weather())
  return platform
}

func harnesses(by platform: PlatformDefinition) -> [HarnessRole: String] {
  var names: [HarnessRole: String] = [:]
  for role in HarnessRole.allCases {
    names[role] = platform.harness(for: role)?.name
  }
  return names
}

func copy(of platform: PlatformDefinition) throws -> PlatformDefinition {
  let json = platform.json
  return try PlatformDefinition(json: json)
}

func tools(of name: String, in platform: PlatformDefinition) throws -> [String] {
  guard let harness = platform.effectiveHarness(named: name) else { return [] }
  let ids = try harness.resolution.get().resolved
  return ids.flatMap { platform.capabilities[$0]?.tools ?? [] }
}

func catalog() -> SeedCatalog {
  var catalog = SeedCatalog.stock
  catalog.agents = [
    SeedAgent(
      id: "7b0c4f5e-8f3c-4a53-9d0f-1a7d0a6b2c11", name: "forecaster", displayName: "Forecaster",
      systemPrompt: "Answer questions about the weather.", capabilities: ["weather"])
  ]
  return catalog
}

func review(of platform: PlatformDefinition) -> [String] {
  PlatformDefinition.oss().changes(to: platform).map { "\($0.operation.rawValue) \($0.path)" }
}

func applying(_ text: String, to platform: PlatformDefinition) throws -> PlatformDefinition {
  let patch = try JSONPatch(json: text)
  return try PlatformDefinition(document: patch.applied(to: platform.document))
}
