import Everruns
import Foundation
import GRDB

extension SQLiteRunStore {
  func cancel(
    _ session: SessionID, of organization: String
  ) async throws(RunStoreError) -> Bool {
    let hasCancelled = try await write { db in
      _ = try Self.session(session, of: organization, db)
      // Latest first, so that the session becomes idle with its earliest turn.
      let turns = try Turn.fetchAll(
        db,
        """
        SELECT \(sql: Table.turns.selection()) FROM turns WHERE session_id = \(session.description)
          AND \(sql: Table.isUnfinished) ORDER BY number DESC
        """)
      let now = self.now()
      for turn in turns {
        let situation = try self.situation(of: turn, at: now, db)
        if let change = self.machine.requestCancellation(of: turn, in: situation) {
          try self.apply(change, to: turn, at: now, db)
        }
      }
      return !turns.isEmpty
    }
    if hasCancelled {
      signals.signal(session)
      signals.signalWork()
    }
    return hasCancelled
  }

  func turns(_ query: TurnQuery) async throws(RunStoreError) -> Page<Turn> {
    try await read { db in
      var condition: SQL = "1"
      if let status = query.status { condition += " AND status = \(status.rawValue)" }
      if let session = query.session { condition += " AND session_id = \(session.description)" }
      let turns = try Turn.fetchReadable(
        db,
        """
        SELECT \(sql: Table.turns.selection()) FROM turns WHERE \(condition)
        ORDER BY created_at DESC, _rowid_ DESC LIMIT \(query.limit) OFFSET \(query.offset)
        """)
      let count: SQL = "SELECT count(*) AS total FROM turns WHERE \(condition)"
      return Page(turns, total: try count.mapFirst(db) { $0.integer("total") } ?? 0)
    }
  }

  func retry(_ id: TurnID) async throws(RunStoreError) -> Turn {
    let turn = try await write { db in
      guard let turn = try Turn.fetch(id, db) else {
        throw RunStoreError.notFound(noun: "turn", name: id.description)
      }
      let later: SQL = """
        SELECT 1 FROM turns
        WHERE session_id = \(turn.sessionID.description) AND number > \(turn.number)
        """
      let now = self.now()
      let isLatest = try later.mapFirst(db) { _ in false } ?? true
      guard let change = self.machine.retry(turn, isLatest: isLatest, at: now) else {
        throw RunStoreError.notRetryable(id)
      }
      try self.apply(change, to: turn, at: now, db)
      return change.turn
    }
    signals.signal(turn.sessionID)
    signals.signalWork()
    return turn
  }

  func statistics() async throws(RunStoreError) -> RunStatistics {
    let now = now
    return try await read { db in
      let turns = try db.map("SELECT status, count(*) AS number FROM turns GROUP BY status") {
        ($0.text("status").flatMap(Turn.Status.init), $0.integer("number"))
      }
      let oldest = try db.mapFirst(
        "SELECT min(created_at) AS oldest FROM turns WHERE status = 'queued'"
      ) { $0.text("oldest").flatMap(RunTime.time) }
      let workers = try Self.workers(at: now(), db).filter(\.isLive)
      return RunStatistics(
        sessions: try Int.fetchOne(db, sql: "SELECT count(*) FROM sessions") ?? 0,
        turns: turns.reduce(into: [:]) { numbers, row in
          if let status = row.0 { numbers[status] = row.1 }
        },
        oldestQueuedAt: oldest ?? nil,
        workers: workers.reduce(into: [:]) { $0[$1.report.status, default: 0] += 1 })
    }
  }
}
