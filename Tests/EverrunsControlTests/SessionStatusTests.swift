import EverrunsDocuments
import EverrunsStore
import Testing

/// What `status` and `store check` say of sessions, which server and worker write.
@Suite struct SessionStatusTests {
  private let time = "'2027-01-01T00:00:00.000Z'"

  /// An id as a literal.
  private func id(_ kind: String, _ number: Int) -> String {
    "'\(kind)_0000000000007000800000000000000\(number)'"
  }

  /// A store with two sessions, three turns, and an event for each of them.
  private func withSessions(_ body: (Fleet) throws -> Void) throws {
    try Fleet.with { fleet in
      try fleet.sql(
        """
        INSERT INTO sessions (id, org_id, harness_id, last_sequence, next_turn, created_at, updated_at)
        VALUES (\(id("session", 1)), 1, 'h', 3, 3, \(time), \(time)),
          (\(id("session", 2)), 1, 'h', 0, 2, \(time), \(time));
        INSERT INTO turns (id, session_id, number, input_message_id, status, step, iteration, begun,
          failures, reclaims, not_before, lease, input_tokens, output_tokens, created_at)
        VALUES
          (\(id("turn", 1)), \(id("session", 1)), 1, \(id("message", 1)), 'completed', 'reason', 1, 1, 0, 0, \(time), 1, 0, 0, \(time)),
          (\(id("turn", 2)), \(id("session", 1)), 2, \(id("message", 2)), 'queued', 'reason', 1, 0, 0, 0, \(time), 0, 0, 0, \(time)),
          (\(id("turn", 3)), \(id("session", 2)), 1, \(id("message", 3)), 'queued', 'reason', 1, 0, 0, 0, \(time), 0, 0, 0, \(time));
        INSERT INTO events (id, session_id, sequence, turn_id, type, ts, data)
        VALUES (\(id("event", 1)), \(id("session", 1)), 1, \(id("turn", 1)), 'input.message', \(time), '{}'),
          (\(id("event", 2)), \(id("session", 1)), 2, \(id("turn", 1)), 'turn.completed', \(time), '{}'),
          (\(id("event", 3)), \(id("session", 1)), 3, \(id("turn", 2)), 'input.message', \(time), '{}');
        """)
      try body(fleet)
    }
  }

  @Test func `status counts the sessions and the turns that wait`() throws {
    try withSessions { fleet throws in
      #expect(fleet.run("status").output.contains("\nsessions     2, 2 turns queued\n"))
      #expect(
        try fleet.json("status")["sessions"] == ["total": 2, "queued_turns": 2])
    }
  }

  @Test func `status does not mention sessions if there are none`() throws {
    try Fleet.with { fleet throws in
      #expect(!fleet.run("status").output.contains("sessions"))
      #expect(
        try fleet.json("status")["sessions"] == ["total": 0, "queued_turns": 0])
    }
  }

  @Test func `store check names a turn without a session`() throws {
    try withSessions { fleet throws in
      #expect(fleet.run("store check").exitCode == .success)
      try fleet.sql("UPDATE turns SET status = 'running' WHERE id = \(id("turn", 2))")
      let result = fleet.run("store check")
      #expect(result.exitCode != .success)
      #expect(result.output.contains("the turn is running, and no worker has it"))
    }
  }
}
