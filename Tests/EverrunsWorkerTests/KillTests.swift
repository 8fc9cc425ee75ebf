import Everruns
import EverrunsDocuments
import Foundation
import Testing

@testable import EverrunsStore

/// Real workers are killed while they run turns.
///
/// `EVERRUNS_KILLS=50` in the environment kills more of them.
@Suite(.serialized) struct KillTests {
  private static let script = """
    {"format": "everruns.llmsim/v1", "word_delay_ms": 3, "rules": [{"steps": [
      {"text": "Let me look at the clock.",
       "calls": [{"name": "get_current_time", "arguments": {}}]},
      {"text": "And send it.", "calls": [
        {"name": "get_current_time", "arguments": {}}, {"name": "send", "arguments": {}}]},
      {"text": "It is late, and that is all there is to say."}]}]}
    """

  private static let chosenKills =
    ProcessInfo.processInfo.environment["EVERRUNS_KILLS"].flatMap { Int($0) }
  private static let kills = chosenKills ?? 5

  @Test(.timeLimit(.minutes(20)))
  func `another worker finishes the turn of a worker killed at any point`() async throws {
    try await withWorkerProcesses { processes in
      let store = processes.store
      let session = processes.session
      let turns = Self.kills / 3 + 2
      let progressOfTurn = 6
      for number in 1...turns {
        _ = try await store.post(
          TurnInput(text: "Turn \(number)"), to: session.id, of: WorkerWorld.organization)
      }
      var progress = 0
      for _ in 1...Self.kills {
        let worker = try processes.start(.probe, Self.script)
        // A worker that was watched too slowly may have finished everything.
        progress = min(progress + Int.random(in: 1...3), turns * progressOfTurn)
        progress = try await processes.wait(untilProgress: progress)
        kill(worker.processIdentifier, SIGKILL)
        worker.waitUntilExit()
        #expect(worker.terminationReason == .uncaughtSignal)
      }
      // There is something left to do, so that the last one gets as far as that.
      _ = try await store.post(
        TurnInput(text: "The last one"), to: session.id, of: WorkerWorld.organization)
      let posted = turns + 1
      let last = try processes.start(.probe, Self.script)
      for await _ in store.changes(in: session.id) {
        let status = try await store.session(session.id, of: WorkerWorld.organization).status
        if status == .idle { break }
      }
      kill(last.processIdentifier, SIGTERM)
      last.waitUntilExit()
      #expect(last.terminationReason == .exit)
      #expect(last.terminationStatus == 0)

      var query = TurnQuery()
      query.limit = posted
      let ended = try await store.turns(query).elements
      #expect(ended.map(\.status) == Array(repeating: .completed, count: posted))
      let events = try await processes.events()
      #expect(events.count { $0.type == .turnCompleted } == posted)
      #expect(events.map(\.sequence) == Array(1...events.count))
      let results = events.filter { $0.type == .toolCompleted }
      #expect(results.count == 3 * posted)
      // Each turn sends once, or nobody knows whether it did; never twice.
      let unknown = results.count { $0.data.text("status") == "unknown" }
      let sent = try processes.sent()
      #expect(Set(sent).count == sent.count)
      #expect(sent.count <= posted && sent.count + unknown >= posted)
      #expect(try processes.findings() == [])
      if Self.chosenKills != nil {
        let takeovers = ended.map { $0.lease - 1 }.reduce(0, +)
        print(
          "\(Self.kills) kills: \(posted) turns completed with \(events.count) events, "
            + "\(takeovers) times taken over by another worker; \(sent.count) things sent, of "
            + "\(unknown) calls it is not known whether they were")
      }
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `a worker told to stop hands its turn over`() async throws {
    try await withWorkerProcesses { processes in
      let slow = Self.script.replacing(#""word_delay_ms": 3"#, with: #""word_delay_ms": 60000"#)
      _ = try await processes.store.post(
        TurnInput(text: "Hello"), to: processes.session.id, of: WorkerWorld.organization)
      let first = try processes.start(.stock, slow)
      try await processes.wait { $0.contains { $0.type == .reasonStarted } }
      kill(first.processIdentifier, SIGTERM)
      // It waits for the model until somebody has no more patience.
      for await _ in processes.store.workSignals() {
        let workers = try await processes.store.workers()
        if workers.contains(where: { $0.report.status == .draining }) { break }
      }
      kill(first.processIdentifier, SIGTERM)
      first.waitUntilExit()
      #expect(first.terminationStatus == 0)
      let turn = try #require(try await processes.store.turns(TurnQuery()).elements.first)
      #expect(turn.status == .queued)
      #expect(turn.reclaims == 0)
    }
  }
}

/// A store and the worker processes of a test.
private struct WorkerProcesses {
  let store: SQLiteRunStore
  let session: SessionRecord
  let folder: String

  /// A program that is built beside the tests.
  enum Program: String {
    /// The stock worker.
    case stock = "everruns"
    /// A worker with a tool that must not run twice.
    case probe = "probeworker"
  }

  /// Starts a worker.
  func start(_ program: Program, _ script: String) throws -> Process {
    let process = Process()
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    process.executableURL = URL(filePath: tests).deletingLastPathComponent()
      .appending(path: program.rawValue)
    let platform = folder + "/platform.json"
    process.arguments = program == .stock ? ["work", "--platform", platform] : []
    process.environment = [
      "EVERRUNS_STORE": folder + "/store.db", "LLMSIM_SCRIPT": script, "WORKER_LEASE": "600ms",
      "DRAIN_TIMEOUT": "60s", "HOME": folder, "PROBE_PLATFORM": platform,
      "PROBE_FILE": folder + "/sent",
    ]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }

  func events() async throws -> [Event] {
    var query = EventQuery()
    query.limit = 100_000
    return try await store.events(of: session.id, of: WorkerWorld.organization, query).events
  }

  /// Waits for events.
  @discardableResult
  func wait(until isThere: ([Event]) -> Bool) async throws -> [Event] {
    for await _ in store.changes(in: session.id) {
      let events = try await events()
      if isThere(events) { return events }
    }
    return []
  }

  /// Waits until so much was achieved that no crash can take away.
  func wait(untilProgress wanted: Int) async throws -> Int {
    func progress(_ events: [Event]) -> Int {
      events.count { [.outputMessageCompleted, .toolCompleted].contains($0.type) }
    }
    return progress(try await wait { progress($0) >= wanted })
  }

  /// The keys of the calls that sent something, one each time that one did.
  func sent() throws -> [Substring] {
    try String(contentsOfFile: folder + "/sent", encoding: .utf8).split(separator: "\n")
  }

  /// What contradicts itself in the store.
  func findings() throws -> [String] {
    let store = try #require(try SQLiteStore.openForReading(folder + "/store.db"))
    return try store.check(against: nil, presets: ["oss"]).flatMap { check in
      check.findings.map(\.message)
    }
  }
}

private func withWorkerProcesses(_ body: (WorkerProcesses) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.path + "/everruns-kill-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let platform = try seed(
    folder + "/store.db",
    capabilities: [CapabilityDescriptor(id: "sending", name: "Sending", tools: ["send"])])
  try platform.document.prettyJSON.write(
    toFile: folder + "/platform.json", atomically: true, encoding: .utf8)
  let store = try SQLiteRunStore.open(folder + "/store.db")
  do {
    let session = try await store.createSession(
      SessionDraft(organization: WorkerWorld.organization), templates: platform.builtInHarnesses)
    try await body(WorkerProcesses(store: store, session: session, folder: folder))
  } catch {
    await store.close()
    throw error
  }
  await store.close()
}
