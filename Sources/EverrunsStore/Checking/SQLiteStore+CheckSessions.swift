import Everruns
import Foundation
import GRDB

extension SQLiteStore {
  /// What is wrong with sessions and turns.
  func sessionFindings(_ db: Database) throws -> [StoreFinding] {
    guard try db.tableExists(Table.sessions.name) else { return [] }
    return try meaningFindings(db) + leaseFindings(db) + sequenceFindings(db) + callFindings(db)
  }

  /// Values of the right form that server and worker cannot read.
  private func meaningFindings(_ db: Database) throws -> [StoreFinding] {
    let now = Date()
    return try unreadable(.sessions, "\(SessionRecord.selection) ORDER BY s.id", db) {
      _ = try SessionRecord($0)
    }
      + unreadable(.turns, orderedBy: "id", db) { _ = try Turn($0) }
      + unreadable(.events, orderedBy: "position", db) { _ = try Event($0) }
      + unreadable(.outputDeltas, orderedBy: "position", db) { _ = try OutputDelta($0) }
      + unreadable(.toolCalls, orderedBy: "turn_id, iteration, number", db) {
        _ = try ToolCallRecord($0)
      }
      + unreadable(.workers, orderedBy: "id", db) { _ = try WorkerRecord($0, at: now) }
      + unreadable(.definitions, orderedBy: "fingerprint", db) { _ = try ServedDefinition($0) }
  }

  private func unreadable(
    _ table: Table, orderedBy order: String, _ db: Database,
    _ read: (StoredColumns) throws -> Void
  ) throws -> [StoreFinding] {
    let query = "SELECT \(table.selection()) FROM \(table.name) ORDER BY \(order)"
    return try unreadable(table, SQL(sql: query), db, read)
  }

  private func unreadable(
    _ table: Table, _ query: SQL, _ db: Database, _ read: (StoredColumns) throws -> Void
  ) throws -> [StoreFinding] {
    try query.map(db) { row in
      do {
        try read(StoredColumns(row, of: table))
        return nil
      } catch let damage as DamagedColumn {
        // Another check finds values of the wrong form.
        guard let column = table.column(named: damage.column),
          column.name == "document" || column.problem(in: row) == nil
        else { return nil }
        let key = table.key(of: row)
        let isNull = damage.problem == .null
        let remedy =
          if isNull, case .times(let form) = column.range {
            "UPDATE \(table.name) SET \(column.name) = '\(form.example)' WHERE \(key)"
          } else if isNull || column.isRequired {
            "DELETE FROM \(table.name) WHERE \(key)"
          } else {
            "UPDATE \(table.name) SET \(column.name) = NULL WHERE \(key)"
          }
        return StoreFinding(
          table: table.name, row: key, "\(damage.column) \(damage.predicate)", remedy: remedy)
      }
    }.compactMap(\.self)
  }

  /// A running turn without a worker or the end of its lease has no owner: it is claimed again as
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
      let key = Table.sessions.key(of: row)
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

  /// A call of an iteration that its turn has not begun has no owner.
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
