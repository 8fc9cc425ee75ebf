import Everruns
import EverrunsDocuments
import EverrunsServer
import EverrunsWorker

// The embedding guide's server and worker, line by line. An end-to-end test runs it.

func customRoutes(_ routes: Routes) {
  routes.get("/v1/ping") { _, _ in "pong" }
  routes.post("/v1/internal/reindex") { _, _ in ["queued": true] as JSONValue }
}

/// A capability of Acme's own.
struct OfficeHours: ExecutableCapability {
  let id = "acme_office_hours"
  let name = "Office Hours"

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [
      FunctionTool("get_office_hours", "Tells when Acme is open.", effect: .pure) { _, _ in
        ["hours": "9 to 5"]
      }
    ]
  }
}

func platform() throws -> PlatformDefinition {
  var platform = PlatformDefinition.oss()
  platform.capabilities.unregister("daytona")
  platform.connectionProviders.unregister("daytona")
  try platform.capabilities.register(OfficeHours())

  platform.builtInHarnesses.removeAll { $0.has(.base) || $0.has(.default) }
  platform.builtInHarnesses.append(
    BuiltInHarness(
      name: "minimal", displayName: "Minimal",
      description: "Small default harness for an embedded deployment.",
      systemPrompt: "You are a helpful assistant.",
      tags: ["minimal", "built-in"], roles: [.base, .default],
      capabilities: ["current_time", "acme_office_hours"]))
  return platform
}

@main struct AcmeServer {
  static func main() async throws {
    let platform = try platform()

    async let worker: Void = WorkerAppBuilder(.fromEnvironment())
      .platformDefinition(platform)
      .run()

    try await ServerAppBuilder(.fromEnvironment())
      .platformDefinition(platform)
      .routes(customRoutes)
      .run()
    try await worker
  }
}
