import EverrunsDocuments
import EverrunsStore
import Testing

/// What `status` and `store check` say of sessions, which server and worker write.
@Suite struct SessionStatusTests {
  /// A store with two sessions, three turns, and an event for each of them.
  private func withSessions(_ body: (Fleet) throws -> Void) throws {
    try Fleet.with { fleet in
      try fleet.sql(
        """
        INSERT INTO sessions (id, org_id, harness_id, last_sequence, next_turn, created_at, updated_at)
        VALUES ('session_1', 1, 'h', 3, 3, '2027-01-01', '2027-01-01'),
          ('session_2', 1, 'h', 0, 2, '2027-01-01', '2027-01-01');
        INSERT INTO turns (id, session_id, number, input_message_id, status, step, iteration, begun,
          failures, reclaims, not_before, lease, input_tokens, output_tokens, created_at)
        VALUES
          ('turn_1', 'session_1', 1, 'm1', 'completed', 'reason', 1, 1, 0, 0, '', 1, 0, 0, ''),
          ('turn_2', 'session_1', 2, 'm2', 'queued', 'reason', 1, 0, 0, 0, '', 0, 0, 0, ''),
          ('turn_3', 'session_2', 1, 'm3', 'queued', 'reason', 1, 0, 0, 0, '', 0, 0, 0, '');
        INSERT INTO events (id, session_id, sequence, turn_id, type, ts, data)
        VALUES ('e1', 'session_1', 1, 'turn_1', 'input.message', '', '{}'),
          ('e2', 'session_1', 2, 'turn_1', 'turn.completed', '', '{}'),
          ('e3', 'session_1', 3, 'turn_2', 'input.message', '', '{}');
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

  @Test func `status says nothing of sessions where there are none`() throws {
    try Fleet.with { fleet throws in
      #expect(!fleet.run("status").output.contains("sessions"))
      #expect(
        try fleet.json("status")["sessions"] == ["total": 0, "queued_turns": 0])
    }
  }

  @Test func `store check names a turn that is nobody's`() throws {
    try withSessions { fleet throws in
      #expect(fleet.run("store check").exitCode == .success)
      try fleet.sql("UPDATE turns SET status = 'running' WHERE id = 'turn_2'")
      let result = fleet.run("store check")
      #expect(result.exitCode != .success)
      #expect(result.output.contains("the turn is running, and no worker has it"))
    }
  }
}
