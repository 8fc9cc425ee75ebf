import Everruns

// The two examples of the embedding guide. Tests compare the README and the article with this file.

func customizedPlatform() -> PlatformDefinition {
  var platform = PlatformDefinition.oss()
  platform.capabilities.unregister("daytona")
  platform.connectionProviders.unregister("daytona")

  platform.builtInHarnesses.removeAll { $0.has(.base) || $0.has(.default) }
  platform.builtInHarnesses.append(
    BuiltInHarness(
      name: "minimal", displayName: "Minimal",
      description: "Small default harness for an embedded deployment.",
      systemPrompt: "You are a helpful assistant.",
      tags: ["minimal", "built-in"], roles: [.base, .default],
      capabilities: ["current_time"]))
  return platform
}

func platformFromScratch() throws -> PlatformDefinition {
  var capabilities = CapabilityRegistry()
  try capabilities.register(.currentTime)
  var drivers = DriverRegistry()
  try drivers.register(.openAI)

  return try PlatformDefinition.builder()
    .capabilities(capabilities)
    .drivers(drivers)
    .builtInHarnesses([
      BuiltInHarness(
        name: "minimal", displayName: "Minimal", systemPrompt: "You are a helpful assistant.",
        roles: [.base, .default], capabilities: ["current_time"])
    ])
    .build()
}
