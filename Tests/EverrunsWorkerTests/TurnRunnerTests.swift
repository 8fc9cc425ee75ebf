import Everruns
import EverrunsDocuments
import Foundation
import GRDB
import Testing

@testable import EverrunsStore
@testable import EverrunsWorker

/// What becomes of a turn when things go wrong.
@Suite struct TurnRunnerTests {
  private static func script(_ steps: String) -> String {
    #"{"format": "everruns.llmsim/v1", "rules": [{"steps": [\#(steps)]}]}"#
  }

  private static let plain = script(#"{"text": "Hi"}"#)
  private static let look = script(
    #"{"calls": [{"name": "look", "arguments": {}}]}, {"text": "{result}"}"#)

  @Test func `code capabilities and data capabilities are both executed`() async throws {
    let probe = Probe()
    try await withWorld(capabilities: [probe]) { world in
      try await world.post("Go")
      try await world.run(
        try world.runner(
          Self.script(
            #"{"calls": [{"name": "look", "arguments": {}}, "#
              + #"{"name": "get_current_time", "arguments": {}}]}, {"text": "Done."}"#)))
      let results = try await world.data(of: .toolCompleted)
      #expect(results.map { $0.text("status") } == ["success", "success"])
      #expect(probe.count("look") == 1)
      #expect(try await world.answers() == ["", "Done."])
    }
  }

  @Test func `a capability without code is named and has no tools`() async throws {
    try await withWorld(capabilities: [CapabilityDescriptor(id: "web", name: "Web")]) { world in
      try await world.post("Go")
      try await world.run(try world.runner(Self.plain))
      #expect(
        try await world.data(of: .reasonStarted).map { $0["unavailable_capabilities"] }
          == [["web"]])
      #expect(try await world.turn().status == .completed)
    }
  }

  @Test func `a definition without the driver fails the turn`() async throws {
    try await withWorld { world in
      try await world.post("Go")
      try await world.run(try world.runner(Self.plain, platform: .empty))
      let turn = try await world.turn()
      #expect(turn.status == .failed)
      #expect(turn.failure == .driverNotRegistered(providerType: "llmsim"))
      #expect(
        try await world.data(of: .turnFailed).map { $0.text("error_code") }
          == ["driver_not_registered"])
      #expect(try await world.status() == .idle)
    }
  }

  @Test func `a missing key is named with its variable`() async throws {
    try await withWorld { world in
      var platform = world.platform
      platform.drivers.replace(
        DriverDescriptor(
          providerType: "llmsim", displayName: "Sim", requiresAPIKey: true,
          defaultBaseURL: "https://sim.example"))
      try await world.post("Go")
      try await world.run(try world.runner(Self.plain, platform: platform))
      let failure = try #require(try await world.turn().failure)
      #expect(failure.code == .apiKeyMissing)
      #expect(failure.message.contains("DEFAULT_LLMSIM_API_KEY"))
    }
  }

  @Test func `a busy model is retried later, a limited number of times`() async throws {
    try await withWorld { world in
      try await world.post("Go")
      let runner = try world.runner(Self.script(#"{"error": {"status": 503}}"#))
      for failures in 1...4 {
        try await world.run(runner)
        let turn = try await world.turn()
        #expect(turn.status == .queued)
        #expect(turn.failures == failures)
        world.clock.advance(by: .seconds(61))
      }
      try await world.run(runner)
      #expect(try await world.turn().failure?.code == .llmError)
    }
  }

  @Test func `a truncated answer is discarded and requested again`() async throws {
    try await withWorld { world in
      try await world.post("Go")
      let runner = try world.runner(
        Self.script(
          #"{"error": {"kind": "cut_off", "after_words": 1}, "failures": 1}, {"text": "Hi there"}"#
        ))
      try await world.run(runner)
      world.clock.advance(by: .seconds(2))
      try await world.run(runner)
      #expect(try await world.answers() == ["Hi there"])
      let started = try await world.data(of: .outputMessageStarted)
      #expect(started.map { $0.integer("attempt") } == [1, 2])
      #expect(Set(started.map { $0.text("message_id") }).count == 1)
    }
  }

  @Test func `after the last iteration the model answers without tools`() async throws {
    var limits = TurnLimits()
    limits.iterations = 2
    let probe = Probe()
    try await withWorld(capabilities: [probe], limits: limits) { world in
      try await world.post("Go")
      try await world.run(
        try world.runner(Self.script(#"{"calls": [{"name": "look", "arguments": {}}]}"#)))
      #expect(try await world.answers() == ["", "No tool is available."])
      #expect(probe.count("look") == 1)
      #expect(
        try await world.data(of: .turnCompleted).map { $0.text("stopped_by") }
          == ["max_iterations"])
    }
  }

  @Test func `a tool that throws, refuses or returns a megabyte gives the model a result`()
    async throws
  {
    struct Secretive: Error {}
    let behaviors: [(@Sendable (String) async throws -> JSONValue, String)] = [
      ({ _ in throw Secretive() }, "the tool failed; see the platform's log: "),
      ({ _ in throw ToolRefusal("there is no city 'Atlantis'") }, "there is no city 'Atlantis'"),
      ({ _ in .string(String(repeating: "x", count: 1 << 20)) }, "[The result has 1048576 bytes"),
    ]
    for (behavior, expected) in behaviors {
      try await withWorld(capabilities: [Probe(behavior)]) { world in
        try await world.post("Go")
        try await world.run(try world.runner(Self.look))
        let answer = try #require(try await world.answers().last)
        #expect(answer.contains(expected), "\(answer.suffix(200))")
        #expect(answer.utf8.count < 110_000)
      }
    }
  }

  @Test func `invalid arguments are answered with their place`() async throws {
    struct Arguments: Sendable { var city = "" }
    struct Weather: ExecutableCapability {
      let id = "weather"
      let name = "Weather"
      func toolset(_ configuration: JSONObject) -> [any Tool] {
        [
          FunctionTool(
            "weather", "Tells the weather.",
            arguments: ObjectCoding<Arguments>(
              noun: "request", blank: Arguments(),
              fields: [.required("city", \.city, .text)]), effect: .pure
          ) { arguments, _ in .string(arguments.city) }
        ]
      }
    }
    try await withWorld(capabilities: [Weather()]) { world in
      try await world.post("Go")
      try await world.run(
        try world.runner(
          Self.script(
            #"{"calls": [{"name": "weather", "arguments": {"city": 1}}]}, {"text": "{result}"}"#)))
      let answer = try #require(try await world.answers().last)
      #expect(answer.contains("invalid arguments: /city"), "\(answer)")
    }
  }

  @Test func `a turn that is cancelled while a tool hangs ends at once`() async throws {
    let probe = Probe { _ in
      try await Task.sleep(for: .seconds(3600))
      return true
    }
    try await withWorld(capabilities: [probe]) { world in
      try await world.post("Go")
      let control = TurnControl()
      let runner = try world.runner(Self.look)
      let claimed = try #require(
        try await world.claim())
      control.run { await runner.run(claimed, control) }
      for await _ in world.store.changes(in: world.session.id) {
        if try await !world.data(of: .toolStarted).isEmpty { break }
      }
      _ = try await world.store.cancel(world.session.id, of: WorkerWorld.organization)
      control.stop(.cancelled)
      await control.wait()
      #expect(try await world.turn().status == .cancelled)
      #expect(try await world.status() == .idle)
      // The conversation can go on.
      try await world.post("And now?")
      try await world.run(try world.runner(Self.plain))
      #expect(try await world.answers().last == "Hi")
    }
  }

  @Test func `a draining worker releases its turn at the end of a step`() async throws {
    let probe = Probe()
    try await withWorld(capabilities: [probe]) { world in
      try await world.post("Go")
      let control = TurnControl()
      control.stop(.drains)
      let runner = try world.runner(Self.look)
      let claimed = try #require(
        try await world.claim())
      await runner.run(claimed, control)
      let turn = try await world.turn()
      #expect(turn.status == .queued)
      #expect(turn.failures == 0)
      #expect(turn.reclaims == 0)
      try await world.run(runner, as: .second)
      #expect(try await world.turn().status == .completed)
    }
  }

  @Test func `a session whose harness was deleted says so`() async throws {
    try await withWorld { world in
      try await world.post("Go")
      let store = try SQLiteStore.openForWriting(world.path)
      try store.write { db in try db.execute(sql: "DELETE FROM harnesses") }
      store.close()
      try await world.run(try world.runner(Self.plain))
      #expect(try await world.turn().failure?.code == .harnessGone)
    }
  }
}
