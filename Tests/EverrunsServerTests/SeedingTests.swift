import Everruns
import EverrunsDocuments
import EverrunsSeeding
import Foundation
import ServiceLifecycle
import Testing

@testable import EverrunsServer
@testable import EverrunsStore

/// What the server puts into its store, and what it does until it can.
@Suite struct SeedingTests {
  @Test func `seeding at the start has the plan of seed apply`() async throws {
    let (document, token) = try await withServer(isSeeded: false) { server in
      let services = server.server.services
      let token = try await services.administration.use { store in
        try store.compare(services.platform.basis, options: SeedOptions(), isFull: true) {
          findings in
          try SeedPlan(
            header: SeedPlan.Header(
              platform: services.platform.source, platformRevision: nil,
              catalog: services.platform.catalogSource, store: findings.state, grade: .prod),
            rows: findings.rows, summary: findings.summary
          ).token()
        }
      }
      try await server.seed()
      return (try await server.get("/v1/seeding").json, token)
    }
    #expect(document["state"] == "done")
    #expect(document["plan"]?["token"]?.string == token.description)
    #expect(document["plan"]?["blocked"] == [])
    #expect(document["platform"]?["ref"] == "oss")
  }

  @Test func `a second start finds nothing to do`() async throws {
    let (first, second) = try await withServer { server in
      let first = try await server.get("/v1/seeding").json["serial"]
      try await server.seed()
      return (first, try await server.get("/v1/seeding").json)
    }
    #expect(second["serial"] == first)
    #expect(second["plan"]?["summary"]?["create"] == 0)
  }

  @Test func `readiness waits for seeding`() async throws {
    let answer = try await withServer(isSeeded: false) { try await $0.get("/ready") }
    #expect(answer.status == 503)
    #expect(answer.message == "seeding is pending")
    #expect(answer.headers[.retryAfter] == "1")
  }

  @Test func `a server that does not seed is ready`() async throws {
    let answers = try await withServer(["EVERRUNS_SEED": "off"], isSeeded: false) { server in
      [try await server.get("/ready"), try await server.get("/v1/seeding")]
    }
    #expect(answers[0].status == 200)
    #expect(try answers[0].json["seeding"] == "off")
    #expect(try answers[1].json["state"] == "off")
  }

  @Test(.timeLimit(.minutes(20)))
  func `seeding is retried until it succeeds, and reports the reason`() async throws {
    try await withServer(isSeeded: false) { server in
      let services = server.server.services
      let path = try #require(services.administration.location.path)
      try Data("these are notes\n".utf8).write(to: URL(filePath: path))
      let service = SeedingService(
        platform: services.platform, location: services.administration.location,
        kinds: StoreKinds([.sqlite]), status: services.seeding, logger: server.log.logger,
        now: { testTime },
        delay: RetryDelay(first: .milliseconds(1), longest: .milliseconds(4)))
      let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(services: [service], logger: server.log.logger))
      let run = Task { try await group.run() }
      try await waitUntil("it has failed twice") { services.seeding.snapshot.attempts > 2 }
      let failing = try await server.get("/v1/seeding").json
      #expect(failing["last_error"]?.string == "'\(path)' is not a store")
      #expect(failing["plan"] == .null)
      let ready = try await server.get("/ready")
      #expect(ready.status == 503)
      #expect(ready.message == "seeding failed: '\(path)' is not a store")
      #expect(ready.headers[.retryAfter] == "1")

      try FileManager.default.removeItem(atPath: path)
      try await waitUntil("it has succeeded") { services.seeding.isReady }
      let done = try await server.get("/v1/seeding").json
      #expect(done["state"] == "done")
      #expect(done["last_error"] == .null)
      #expect(done["next_attempt_at"] == .null)
      #expect(done["platform"]?["ref"] == "oss")
      #expect(done["plan"]?["summary"]?["create"] == 75)
      #expect(done["serial"] != .null && done["serial"] != 0)
      #expect(try await server.get("/ready").status == 200)
      await group.triggerGracefulShutdown()
      try await run.value
      let failures = server.log.lines.filter { $0.hasPrefix("error Seeding failed") }
      #expect(
        failures.first
          == failures.first.map { _ in
            "error Seeding failed again_in=0.001 seconds error='\(path)' is not a store"
          })
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `a stopping server does not wait for the next attempt`() async throws {
    try await withServer(isSeeded: false) { server in
      let services = server.server.services
      let path = try #require(services.administration.location.path)
      try Data("these are notes\n".utf8).write(to: URL(filePath: path))
      let service = SeedingService(
        platform: services.platform, location: services.administration.location,
        kinds: StoreKinds([.sqlite]), status: services.seeding, logger: server.log.logger,
        now: { testTime }, delay: RetryDelay(first: .seconds(86_400)))
      let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(services: [service], logger: server.log.logger))
      let run = Task { try await group.run() }
      try await waitUntil("it has failed") { services.seeding.snapshot.state == .failed }
      #expect(
        services.seeding.snapshot.nextAttempt == testTime.addingTimeInterval(86_400))
      await group.triggerGracefulShutdown()
      try await run.value
    }
  }

  @Test func `delays double up to a limit, and start over after a success`() async {
    var delay = RetryDelay(first: .milliseconds(1), longest: .milliseconds(5))
    var waits: [Duration] = []
    for _ in 1...4 {
      waits.append(delay.next)
      await delay.wait()
    }
    #expect(waits == [1, 2, 4, 5].map { .milliseconds($0) })
    delay.reset()
    #expect(delay.next == .milliseconds(1))
  }
}
