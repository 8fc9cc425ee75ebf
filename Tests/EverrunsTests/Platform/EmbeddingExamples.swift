import Everruns

// The examples of the README, which a test compares with this file.

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

struct CurrentTime: Capability {
  let id = "current_time"
  let name = "Current Time"
  let tools = ["get_current_time"]
}

func platformFromScratch() throws -> PlatformDefinition {
  try PlatformDefinition.builder()
    .capability(CurrentTime())
    .driver(DriverDescriptor(providerType: "openai", displayName: "OpenAI"))
    .builtInHarness(
      BuiltInHarness(
        name: "minimal", displayName: "Minimal", systemPrompt: "You are a helpful assistant.",
        roles: [.base, .default, .chat], capabilities: ["current_time"])
    )
    .build()
}
