import Everruns
import EverrunsDocuments
import EverrunsStore
import Testing

@testable import EverrunsWorker

/// A worker may die before or after any of its transactions, and another one goes on.
@Suite struct CrashTests {
  private static let script = """
    {"format": "everruns.llmsim/v1", "rules": [{"otherwise": {}, "steps": [
      {"text": "Let me look.", "calls": [
        {"name": "look", "arguments": {}}, {"name": "put", "arguments": {}},
        {"name": "send", "arguments": {}}]},
      {"error": {"status": 503}, "failures": 1},
      {"calls": [{"name": "send", "arguments": {}}]},
      {"text": "Done."}]}]}
    """

  @Test(arguments: MortalStore.Moment.allCases)
  func `a turn is finished if its worker dies at any transaction`(
    moment: MortalStore.Moment
  ) async throws {
    var number = 1
    while try await survives(dying: moment, number) { number += 1 }
    // Claim, context and record of each step, and the tools' own.
    #expect(number > 20)
  }

  /// Has a worker die at a transaction, and another one go on.
  ///
  /// - Returns: Whether the first one had that many.
  private func survives(dying moment: MortalStore.Moment, _ number: Int) async throws -> Bool {
    let probe = Probe()
    var hasDied = false
    try await withWorld(capabilities: [probe]) { world in
      try await world.post("Go")
      let mortal = MortalStore(world.store, dying: moment, number)
      let runner = try world.runner(Self.script, on: mortal)
      for _ in 1...3 {
        try? await world.run(runner)
        world.clock.advance(by: .seconds(31))
      }
      hasDied = mortal.isDead
      let successor = try world.runner(Self.script)
      for _ in 1...3 {
        try await world.run(successor, as: .second)
        world.clock.advance(by: .seconds(31))
      }
      let place = "\(moment) transaction \(number)"
      let events = try await world.events()
      #expect(events.count { $0.type == .turnCompleted } == 1, "\(place)")
      #expect(events.count { $0.type == .turnStarted } == 1, "\(place)")
      #expect(events.map(\.sequence) == Array(1...events.count), "\(place)")
      #expect(try await world.status() == .idle, "\(place)")
      #expect(try await world.answers().last == "Done.", "\(place)")
      // Two calls of it, each of which runs once or nobody knows.
      let unknown = events.count { $0.data.text("status") == "unknown" }
      #expect(probe.count("send") <= 2, "\(place)")
      #expect(probe.count("send") + unknown >= 2, "\(place)")
      #expect(unknown <= 1, "\(place)")
      #expect(probe.count("look") >= 1, "\(place)")
      #expect(try world.findings() == [], "\(place)")
    }
    return hasDied
  }
}
