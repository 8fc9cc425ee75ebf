import Everruns
import EverrunsDocuments
import EverrunsStore
import Testing

@testable import EverrunsWorker

/// What a worker does with its turns, its leases and what is asked of it.
@Suite(.timeLimit(.minutes(20))) struct WorkerLoopTests {
  /// Calls a tool, and then says something.
  private static let script = """
    {"format": "everruns.llmsim/v1", "rules": [{"steps": [
      {"calls": [{"name": "look", "arguments": {}}]}, {"text": "Done."}]}]}
    """

  /// A world with a tool that waits at a gate, and a turn that calls it.
  private func withWaitingTool(_ body: (WorkerWorld, Gate) async throws -> Void) async throws {
    let gate = Gate()
    let probe = Probe { _ in
      try await gate.wait()
      return "looked"
    }
    try await withWorld(capabilities: [probe]) { world in
      try await world.post("Go")
      try await body(world, gate)
    }
  }

  /// Waits until the turn's tool runs.
  private func waitUntilToolRuns(in world: WorkerWorld) async throws {
    try await world.wait { try await !world.data(of: .toolStarted).isEmpty }
  }

  // MARK: - Leases

  @Test func `a late worker keeps its turn`() async throws {
    try await withWaitingTool { world, gate in
      let other = try await world.store.createSession(
        SessionDraft(organization: WorkerWorld.organization),
        templates: world.platform.builtInHarnesses)
      // Its next renewal is ten seconds away.
      try await world.withWorker(Self.script) { _ in
        try await waitUntilToolRuns(in: world)
        world.clock.advance(by: .seconds(60))
        // To claim this turn the worker looks at all of them.
        let posted = try await world.store.post(
          TurnInput(text: "Go"), to: other.id, of: WorkerWorld.organization)
        try await world.wait {
          try await world.turn(posted.turnID)?.status == .running
        }
        gate.open()
        try await world.wait { try await world.status() == .idle }
        let turn = try #require(try await world.turns().last)
        #expect(turn.status == .completed)
        #expect(turn.lease == 1)
        #expect(turn.reclaims == 0)
      }
    }
  }

  @Test func `leases are renewed, even while the worker drains`() async throws {
    try await withWaitingTool { world, gate in
      try await world.withWorker(Self.script, settings: ["WORKER_LEASE": "300ms"]) { worker in
        try await waitUntilToolRuns(in: world)
        for isDraining in [false, true] {
          if isDraining {
            try await world.store.drain(worker.id)
            try await world.wait { try await world.report(of: worker)?.status == .draining }
          }
          let renewed = world.clock.now.adding(.milliseconds(500))
          world.clock.advance(by: .milliseconds(200))
          try await world.wait { try await world.turn().leaseExpiresAt == renewed }
        }
        gate.open()
        try await worker.end()
      }
      #expect(try await world.turn().lease == 1)
    }
  }

  @Test func `a worker stops a turn that another worker claimed`() async throws {
    try await withWaitingTool { world, _ in
      try await world.withWorker(Self.script, settings: ["WORKER_LEASE": "300ms"]) { worker in
        try await waitUntilToolRuns(in: world)
        var stolen: ClaimedTurn?
        try await world.wait {
          // The renewal may come first.
          world.clock.advance(by: .seconds(1))
          stolen = try await world.claim(.second)
          return stolen != nil
        }
        try await world.wait {
          worker.log.lines.contains {
            $0.hasPrefix("notice: the turn was dropped: another worker has it, or it has ended")
          }
        }
        #expect(try await world.turn().currentLease == stolen?.lease)
      }
    }
  }

  // MARK: - Ending

  @Test func `a worker told to drain releases its turn after the step`() async throws {
    try await withWaitingTool { world, gate in
      try await world.withWorker(Self.script, settings: ["WORKER_LEASE": "300ms"]) { worker in
        try await waitUntilToolRuns(in: world)
        try await world.store.drain(worker.id)
        try await world.wait { try await world.report(of: worker)?.status == .draining }
        try await world.post("And now?")
        gate.open()
        try await worker.end()
        let turn = try #require(try await world.turns().last)
        #expect(turn.status == .queued)
        #expect(turn.step == .reason)
        #expect(turn.iteration == 2)
        #expect(turn.failures == 0)
        #expect(turn.reclaims == 0)
        #expect(turn.notBefore <= world.clock.now)
        #expect(try await world.report(of: worker)?.status == .stopped)
      }
      // Another one goes on where it was.
      try await world.withWorker(Self.script) { _ in
        try await world.wait { try await world.status() == .idle }
      }
      #expect(try await world.data(of: .toolStarted).count == 2)
      #expect(try await world.answers() == ["", "Done.", "", "Done."])
    }
  }

  @Test func `after the drain timeout turns are released in the middle of a step`()
    async throws
  {
    try await withWaitingTool { world, _ in
      let settings = ["WORKER_LEASE": "300ms", "DRAIN_TIMEOUT": "0"]
      try await world.withWorker(Self.script, settings: settings) { worker in
        try await waitUntilToolRuns(in: world)
        try await world.store.drain(worker.id)
        try await worker.end()
        let turn = try await world.turn()
        #expect(turn.status == .queued)
        #expect(turn.step == .act)
        #expect(turn.failures == 0)
        #expect(turn.reclaims == 0)
      }
    }
  }

  @Test func `a stopped worker releases its turns immediately`() async throws {
    try await withWaitingTool { world, _ in
      try await world.withWorker(Self.script) { _ in
        try await waitUntilToolRuns(in: world)
      }
      let turn = try await world.turn()
      #expect(turn.status == .queued)
      #expect(turn.lease == 1)
    }
  }

  @Test func `a session that is cancelled stops its tool with the next renewal`() async throws {
    try await withWaitingTool { world, _ in
      try await world.withWorker(Self.script, settings: ["WORKER_LEASE": "300ms"]) { _ in
        try await waitUntilToolRuns(in: world)
        _ = try await world.store.cancel(world.session.id, of: WorkerWorld.organization)
        try await world.wait { try await world.turn().status == .cancelled }
        #expect(try await world.status() == .idle)
      }
    }
  }

  // MARK: - Definitions

  /// The world's definition with seven more capabilities.
  private func larger(_ platform: PlatformDefinition) -> PlatformDefinition {
    var platform = platform
    for number in 1...7 {
      platform.capabilities.replace(
        CapabilityDescriptor(id: "extra_\(number)", name: "Extra \(number)"))
    }
    return platform
  }

  private static let differences = """
    the definition differs from the server's: the server has the capability 'extra_1', this worker \
    does not; the server has the capability 'extra_2', this worker does not; the server has the \
    capability 'extra_3', this worker does not; the server has the capability 'extra_4', this \
    worker does not; the server has the capability 'extra_5', this worker does not; and 2 more
    """

  @Test func `a worker with another definition than the server's claims nothing and says why`()
    async throws
  {
    try await withWorld { world in
      try await world.store.serve(larger(world.platform))
      try await world.post("Go")
      try await world.withWorker(settings: ["WORKER_LEASE": "300ms"]) { worker in
        try await world.wait { try await world.report(of: worker)?.status == .mismatched }
        #expect(try await world.report(of: worker)?.reason == Self.differences)
        // It had every reason to claim the turn, more than once.
        for _ in 1...3 { try await world.wait { true } }
        #expect(try await world.turn().status == .queued)
        #expect(try await world.turn().lease == 0)
        #expect(
          worker.log.lines.count { $0.hasPrefix("error: claiming no turns: ") } == 1)

        world.clock.advance(by: .seconds(1))
        try await world.store.serve(world.platform)
        try await world.wait { try await world.status() == .idle }
        // The turn may end before the worker reports again.
        try await world.wait { try await world.report(of: worker)?.status == .active }
        #expect(try await world.report(of: worker)?.reason == nil)
      }
    }
  }

  @Test func `a running turn continues when the server changes its definition`() async throws {
    try await withWaitingTool { world, gate in
      try await world.withWorker(Self.script, settings: ["WORKER_LEASE": "300ms"]) { worker in
        try await waitUntilToolRuns(in: world)
        try await world.store.serve(larger(world.platform))
        try await world.wait { try await world.report(of: worker)?.status == .mismatched }
        try await world.post("And now?")
        gate.open()
        try await world.wait { try await world.turns().last?.status == .completed }
        #expect(try await world.turn().status == .queued)
      }
    }
  }

  @Test func `a worker can be told to exit at a mismatch, or to ignore it`() async throws {
    try await withWorld { world in
      try await world.store.serve(larger(world.platform))
      try await world.post("Go")
      let exits = ["EVERRUNS_DEFINITION_MISMATCH": "exit"]
      try await world.withWorker(settings: exits) { worker in
        let error = await #expect(throws: WorkerError.self) { try await worker.end() }
        #expect(error?.message == Self.differences)
      }
      #expect(try await world.turn().status == .queued)
      try await world.withWorker(settings: ["EVERRUNS_DEFINITION_MISMATCH": "ignore"]) { _ in
        try await world.wait { try await world.status() == .idle }
      }
    }
  }

  @Test func `the worker's preset fits a server with harnesses and providers`() async throws {
    try await withWorld { world in
      try await world.store.serve(.oss())
      try await world.withWorker(platform: .worker()) { worker in
        try await world.wait { try await world.report(of: worker)?.status == .active }
      }
    }
  }

  // MARK: - Starting

  @Test func `a starting worker names once what it cannot execute`() async throws {
    let web = CapabilityDescriptor(id: "web", name: "Web", tools: ["search"])
    try await withWorld(capabilities: [web]) { world in
      try await world.withWorker { worker in
        try await world.wait { try await world.report(of: worker) != nil }
        #expect(
          worker.log.lines.count { $0.contains("capabilities without an implementation: web") }
            == 1)
        #expect(try await world.report(of: worker)?.capabilities == ["current_time"])
      }
    }
  }

  @Test func `the log says how turns ended, and contains no messages`() async throws {
    let script = """
      {"format": "everruns.llmsim/v1", "rules": [
        {"when": {"contains": "fail"}, "steps": [{"error": {"status": 400, "message": "no"}}]},
        {"otherwise": {}, "steps": [
          {"calls": [{"name": "look", "arguments": {"at": "private things"}}]},
          {"text": "private answer"}]}]}
      """
    try await withWorld(capabilities: [Probe { _ in "private result" }]) { world in
      try await world.withWorker(script) { worker in
        try await world.post("private question")
        try await world.post("private question that will fail")
        try await world.wait { try await world.status() == .idle }
        let turns = try await world.turns()
        // A turn's line is written after its row.
        try await world.wait {
          turns.allSatisfy { turn in
            worker.log.lines.contains { line in
              line.contains(": turn \(turn.status.rawValue) ") && line.contains("\(turn.id)")
            }
          }
        }
        #expect(turns.map(\.status) == [.failed, .completed])
        #expect(worker.log.lines.contains { $0.contains(#""error_code": llm_error"#) })
        #expect(!worker.log.lines.contains { $0.contains("private") }, "\(worker.log.lines)")
      }
    }
  }

  @Test func `a worker refuses two capabilities with the same tool name`() throws {
    var platform = PlatformDefinition.worker()
    platform.capabilities.replace(Probe())
    platform.capabilities.replace(Twin())
    let builder = WorkerAppBuilder(
      try WorkerConfiguration(environment: ["EVERRUNS_STORE": "unused.db"]))
    #expect(
      throws: WorkerError.conflictingTools([
        "the capabilities 'probe' and 'twin' both have a tool 'look'"
      ])
    ) { try builder.platformDefinition(platform).build() }
  }

  private struct Twin: ExecutableCapability {
    let id = "twin"
    let name = "Twin"

    func toolset(_ configuration: JSONObject) -> [any Tool] {
      [FunctionTool("look", "Looks again.") { _, _ in true }]
    }
  }
}
