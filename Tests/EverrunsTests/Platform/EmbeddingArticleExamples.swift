import Everruns
import EverrunsDocuments
import EverrunsSeeding

// The examples of the article "Embedding Everruns" that are not those of the README; a test compares
// the article with both files.

func workerSurface(of platform: PlatformDefinition) -> PlatformDefinition {
  var worker = platform
  worker.connectionProviders = ConnectionProviderRegistry()
  worker.builtInHarnesses = []
  return worker
}

func findings(in platform: PlatformDefinition, grade: Grade) -> [String] {
  platform.validate(grade: grade).map { finding in
    "\(finding.severity.rawValue) \(finding.code.rawValue): \(finding.message)"
  }
}

func harnesses(by platform: PlatformDefinition) -> [HarnessRole: String] {
  var names: [HarnessRole: String] = [:]
  for role in HarnessRole.allCases {
    names[role] = platform.harness(for: role)?.name
  }
  return names
}

func provisionedHarnesses(of platform: PlatformDefinition) -> [String] {
  let planner = SeedPlanner(definition: platform, catalog: .stock, grade: .prod)
  return planner.desiredState.harnesses.map { harness in
    "\(harness.template.name) on \(harness.parent ?? "nothing")"
  }
}

func review(of platform: PlatformDefinition) -> [String] {
  PlatformDefinition.oss().changes(to: platform).map { "\($0.operation.rawValue) \($0.path)" }
}

func applying(_ text: String, to platform: PlatformDefinition) throws -> PlatformDefinition {
  let patch = try JSONPatch(reading: JSONReader.read(text.utf8))
  return try PlatformDefinition(document: patch.applied(to: platform.document), grade: .prod)
}
