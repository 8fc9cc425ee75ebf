import GRDB

extension SQLiteStore {
  /// What is wrong with sessions and turns.
  func sessionFindings(_ db: Database) throws -> [StoreFinding] {
    guard try db.tableExists(Table.sessions.name) else { return [] }
    return try leaseFindings(db) + sequenceFindings(db) + callFindings(db)
  }

  /// A running turn without a worker and the end of its lease is nobody's: it is claimed again as
  /// soon as it is queued.
  private func leaseFindings(_ db: Database) throws -> [StoreFinding] {
    try db.map(
      """
      SELECT id FROM turns WHERE status = 'running'
        AND (worker_id IS NULL OR lease_expires_at IS NULL OR lease < 1) ORDER BY id
      """
    ) { row in
      let key = Table.turns.key(of: row)
      return StoreFinding(
        table: Table.turns.name, row: key, "the turn is running, and no worker has it",
        remedy: "UPDATE turns SET status = 'queued', worker_id = NULL WHERE \(key)")
    }
  }

  /// Events are numbered from 1 without gaps, and their session knows the last number.
  private func sequenceFindings(_ db: Database) throws -> [StoreFinding] {
    try db.map(
      """
      SELECT s.id, s.last_sequence, count(e.id) AS number, coalesce(max(e.sequence), 0) AS latest
      FROM sessions s LEFT JOIN events e ON e.session_id = s.id
      GROUP BY s.id HAVING number <> latest OR latest IS NOT s.last_sequence ORDER BY s.id
      """
    ) { row in
      let key = "id = '\(row.text("id") ?? "")'"
      let (number, latest) = (row.integer("number"), row.integer("latest"))
      return StoreFinding(
        table: Table.sessions.name, row: key,
        number == latest
          ? "its last event is \(latest), and last_sequence is \(row.text("last_sequence") ?? "")"
          : "it has \(number) events, and the last one is \(latest)",
        remedy: number == latest
          ? "UPDATE sessions SET last_sequence = \(latest) WHERE \(key)" : "restore a backup")
    }
  }

  /// A call of another iteration than those that its turn has begun is nobody's.
  private func callFindings(_ db: Database) throws -> [StoreFinding] {
    try db.map(
      """
      SELECT c.turn_id, c.iteration, c.number FROM tool_calls c
      LEFT JOIN turns t ON t.id = c.turn_id AND t.iteration >= c.iteration
      WHERE t.id IS NULL ORDER BY c.turn_id, c.iteration, c.number
      """
    ) { row in
      let key = Table.toolCalls.key(of: row)
      return StoreFinding(
        table: Table.toolCalls.name, row: key, "its turn has made no such call",
        remedy: "DELETE FROM tool_calls WHERE \(key)")
    }
  }
}
