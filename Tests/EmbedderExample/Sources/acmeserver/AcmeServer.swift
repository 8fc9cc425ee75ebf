import Everruns
import EverrunsDocuments
import EverrunsServer
import EverrunsWorker
import Foundation

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
    if let part = CommandLine.arguments.dropFirst().first {
      return try await run(part, of: platform)
    }

    async let worker: Void = WorkerAppBuilder(.fromEnvironment())
      .platformDefinition(platform)
      .run()

    try await ServerAppBuilder(.fromEnvironment())
      .platformDefinition(platform)
      .routes(customRoutes)
      .run()
    try await worker
  }

  /// Runs one of the two in a process of its own: `acmeserver serve` or `acmeserver work`.
  static func run(_ part: String, of platform: PlatformDefinition) async throws {
    switch part {
    case "serve":
      try await ServerAppBuilder(.fromEnvironment())
        .platformDefinition(platform)
        .modules(.all.subtracting([.durable]))
        .routes(customRoutes)
        .publicRoutes { $0.get("/v1/motd") { _, _ in "Welcome to Acme." } }
        .eventListener(UsageLog())
        .run()
    default:
      try await WorkerAppBuilder(.fromEnvironment())
        .platformDefinition(platform)
        .run()
    }
  }
}

/// Writes a line for each turn that was answered.
struct UsageLog: EventListener {
  func receive(_ event: Event, at position: Int) async throws {
    guard event.type == .turnCompleted else { return }
    FileHandle.standardError.write(Data("usage: \(event.sessionID) used a turn\n".utf8))
  }
}
