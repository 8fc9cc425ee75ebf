import EverrunsDocuments
import EverrunsSeeding
import Hummingbird

/// `/v1/seeding`.
enum SeedingRoutes: ModuleRoutes {
  static let module = ServerModule.seeding

  static func add(to routes: Routes, using services: ServerServices) {
    routes.get(
      "/v1/seeding",
      .operation(
        "Show the state of seeding", id: "seeding.show",
        details: """
          The server puts the platform into the store when it starts, as 'everrunsctl seed apply' \
          does, and tries again until it succeeds.
          """,
        returns: .json(Self.shape))
    ) { _, _ in
      services.seeding.snapshot.document(services.platform.source)
    }
  }

  private static let shape = DocumentSchema.object(
    "seeding",
    [
      ("state", .choice(SeedingStatus.State.allCases.map(\.rawValue))), ("attempts", .integer),
      ("next_attempt_at", .nullable(.text)), ("last_error", .nullable(.text)),
      ("platform", .object("platform", [("ref", .text), ("fingerprint", .text)])),
      (
        "plan",
        .nullable(
          .object(
            "plan",
            [
              ("token", .text),
              ("summary", .object("summary", SeedAction.allCases.map { ($0.rawValue, .integer) })),
              ("blocked", .list(.anyObject)),
            ]))
      ),
      ("serial", .nullable(.integer)),
    ])
}
