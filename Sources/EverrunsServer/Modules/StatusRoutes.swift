import Everruns
import EverrunsDocuments
import EverrunsStore
import Hummingbird

/// `/health` and `/ready`, which every server has.
struct StatusRoutes {
  let services: ServerServices
  /// The access mode in one word, as `/health` reports it.
  let mode: String

  init(_ services: ServerServices, mode: String) {
    self.services = services
    self.mode = mode
  }

  /// The version of the server.
  static var version: String { PackageVersion.current }

  func add(to routes: Routes) {
    let health: JSONValue = [
      "status": "ok", "version": .string(Self.version), "auth_mode": .string(mode),
    ]
    routes.get(
      "/health",
      .operation(
        "Show that the server is alive", id: "server.health",
        returns: .json(
          .object("health", [("status", .text), ("version", .text), ("auth_mode", .text)])))
    ) { _, _ in health }
    let services = services
    routes.get(
      "/ready",
      .operation(
        "Show whether the server is ready", id: "server.ready",
        details:
          "503 until the platform is in the store. Workers are reported, but not required.",
        returns: .json(Self.shape))
    ) { _, _ in
      guard services.seeding.isReady else {
        let snapshot = services.seeding.snapshot
        throw APIError.notReady(
          snapshot.lastError.map { "seeding failed: \($0)" }
            ?? "seeding is \(snapshot.state.rawValue)")
      }
      let statistics = try await services.runs.opened().statistics()
      return [
        "status": "ready", "seeding": .string(services.seeding.snapshot.state.rawValue),
        "workers": statistics.workersDocument,
        "queued": .integer(statistics.turns[.queued] ?? 0),
        "oldest_queued_s": statistics.oldestQueuedSeconds(now: services.now()),
      ] as JSONValue
    }
  }

  private static let shape = DocumentSchema.object(
    "readiness",
    [
      ("status", .text), ("seeding", .choice(SeedingStatus.State.allCases.map(\.rawValue))),
      ("workers", RunStatistics.workersShape), ("queued", .integer),
      ("oldest_queued_s", .nullable(.integer)),
    ])
}
