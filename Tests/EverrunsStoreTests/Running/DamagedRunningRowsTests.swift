import Everruns
import Testing

@testable import EverrunsStore

/// Whatever another program wrote into the rows of a session concerns that session alone.
@Suite struct DamagedRunningRowsTests {
  private static let extremes = ["9223372036854775807", "-9223372036854775808", "9e999", "'x'"]

  /// Statements that damage the first turn, or its session.
  private static let damages =
    extremes.flatMap { number in
      ["lease", "reclaims", "iteration", "begun", "failures"].map {
        "UPDATE turns SET \($0) = \(number) WHERE rowid = 1"
      } + ["UPDATE sessions SET last_sequence = \(number) WHERE rowid = 1"]
    } + [
      "UPDATE turns SET step = 'dance' WHERE rowid = 1",
      "UPDATE turns SET id = 'x' WHERE rowid = 1",
      "UPDATE turns SET created_at = '+292277026596-12-04T15:30:08.000Z' WHERE rowid = 1",
      "UPDATE turns SET input_message_id = CAST(x'c3' AS TEXT) WHERE rowid = 1",
      "UPDATE sessions SET last_sequence = 0 WHERE rowid = 1",
      "DELETE FROM sessions WHERE rowid = 1",
    ]

  @Test(arguments: damages)
  func `a damaged turn keeps no other from being claimed, and store check names it`(
    damage: String
  ) async throws {
    try await withRunningStore { running in
      try await running.post("One", to: try await running.session())
      let second = try await running.post("Two", to: try await running.session())
      try running.files.administer(damage)
      let claimed = try await running.store.claim(
        atMost: 1, by: running.worker, for: running.lease, excluding: [])
      #expect(claimed.map(\.lease.turnID) == [second.turnID])
      #expect(try running.files.open().findings() != [])
    }
  }

  @Test func `a damaged row hides no other in a list`() async throws {
    try await withRunningStore { running in
      let damaged = try await running.session()
      let sound = try await running.session()
      try await running.post("One", to: damaged)
      let second = try await running.post("Two", to: sound)
      _ = try await running.store.heartbeat(.idle)
      try running.files.execute(
        """
        UPDATE sessions SET tags = '[x' WHERE id = '\(damaged.id)';
        UPDATE turns SET step = 'dance' WHERE session_id = '\(damaged.id)';
        UPDATE events SET data = '[x' WHERE session_id = '\(damaged.id)';
        UPDATE events SET ts = 'now' WHERE session_id = '\(sound.id)' AND sequence = 1;
        UPDATE workers SET status = 'lost';
        """)
      let store = running.store
      let sessions = try await store.sessions(of: running.organization, offset: 0, limit: 10)
      #expect(sessions.elements.map(\.id) == [sound.id])
      #expect(sessions.total == 2)
      let turns = try await store.turns(TurnQuery())
      #expect(turns.elements.map(\.id) == [second.turnID])
      #expect(turns.total == 2)
      #expect(try await store.workers() == [])
      #expect(try await running.events(of: sound).map(\.sequence).first == 2)
      let events = try await store.events(after: 0, atMost: 1)
      #expect(events.map(\.event.sessionID) == [sound.id])
      #expect(try running.files.open().findings().count >= 5)
    }
  }

  @Test func `a worker learns why nothing can be claimed`() async throws {
    try await withRunningStore { running in
      try await running.post("One", to: try await running.session())
      try running.files.execute("UPDATE turns SET step = 'dance'")
      await #expect(
        throws: RunStoreError.store(
          .damaged(
            running.store.location, reason: "turns.step holds 'dance', which is not valid there"))
      ) { try await running.claim() }
    }
  }

  @Test(arguments: ["next_turn", "last_sequence"], extremes)
  func `a session's number that leaves no room is named`(
    column: String, number: String
  ) async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try running.files.execute("UPDATE sessions SET \(column) = \(number)")
      await #expect(throws: RunStoreError.self) { try await running.post("Hello", to: session) }
      await #expect(throws: RunStoreError.self) {
        try await running.store.session(session.id, of: running.organization)
      }
      #expect(try await running.store.turns(TurnQuery()).total == 0)
    }
  }

  @Test func `tokens are counted up to the largest integer`() async throws {
    try await withRunningStore { running in
      let session = try await running.session()
      try running.files.execute("UPDATE sessions SET output_tokens = 9223372036854775807")
      try await running.post("Hello", to: session)
      let lease = try #require(try await running.claim().first?.lease)
      _ = try await running.store.record(.began, under: lease)
      let reply = ChatReply([
        .text("Hi"), .usage(TokenUsage(inputTokens: 7, outputTokens: 7)),
        .finished(.stop, responseID: nil),
      ])
      _ = try await running.store.record(
        .reasoned(
          ReasonEnd(
            reply: reply, model: "m", providerType: "llmsim", tools: [:], duration: .seconds(1))),
        under: lease)
      #expect(
        try await running.store.session(session.id, of: running.organization).usage
          == TokenUsage(inputTokens: 7, outputTokens: .max))
    }
  }

  @Test(arguments: [
    ("values", "sessions", "created_at = 'then'"), ("sessions", "turns", "status = 'lost'"),
    ("sessions", "events", "type = 'news'"), ("values", "events", "ts = 'now'"),
  ])
  func `store check names what server and worker cannot read`(
    check: String, table: String, change: String
  ) async throws {
    try await withRunningStore { running in
      try await running.post("Hello", to: try await running.session())
      #expect(try running.files.open().findings() == [])
      try running.files.execute("UPDATE \(table) SET \(change)")
      let found = try running.files.open().findings()
      #expect(!found.isEmpty)
      #expect(found.allSatisfy { $0.hasPrefix("\(check): \(table) ") })
    }
  }
}
