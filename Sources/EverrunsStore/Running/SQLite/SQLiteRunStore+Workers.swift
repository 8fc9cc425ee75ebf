import Everruns
import EverrunsDocuments
import Foundation
import GRDB

extension SQLiteRunStore {
  /// How long a worker without heartbeats is kept.
  private static let memory = Duration.seconds(86_400)

  func workers() async throws(RunStoreError) -> [WorkerRecord] {
    let now = now
    return try await read { try Self.workers(at: now(), $0) }
  }

  static func workers(at now: Date, _ db: Database) throws -> [WorkerRecord] {
    let query: SQL = """
      SELECT \(sql: Table.workers.selection()) FROM workers
      WHERE heartbeat_at > \(RunTime.text(now.adding(.zero - memory)))
      ORDER BY started_at DESC, id DESC
      """
    return try query.map(db) { row in
      try DamagedColumn.asNil { try WorkerRecord(StoredColumns(row, of: Table.workers), at: now) }
    }.compactMap(\.self)
  }

  func drain(_ id: WorkerID) async throws(RunStoreError) {
    let now = now
    try await write { db in
      let isThere: SQL = "SELECT 1 FROM workers WHERE id = \(id.description)"
      guard try isThere.mapFirst(db, { _ in true }) == true else {
        throw RunStoreError.notFound(noun: "worker", name: id.description)
      }
      try db.update(
        .workers, set: ["drain_requested_at": RunTime.text(now())],
        where: "id = \(id.description) AND drain_requested_at IS NULL")
    }
    signals.signalWork()
  }

  func heartbeat(_ report: WorkerReport) async throws(RunStoreError) -> WorkerOrders {
    let now = now
    return try await write { db in
      let now = now()
      try db.delete(
        from: .workers,
        where: "heartbeat_at <= \(RunTime.text(now.adding(.zero - Self.memory)))")
      // A restarted worker with the same id was not asked to drain.
      try db.write(
        """
        INSERT INTO workers (
          id, host, pid, version, runtime_fingerprint, capabilities, drivers, capacity, running,
          status, reason, started_at, heartbeat_at)
        VALUES (
          \(report.id.description), \(report.host), \(report.processID), \(report.version),
          \(report.runtimeFingerprint.description), \(report.capabilities.storedJSON),
          \(report.drivers.storedJSON), \(report.capacity), \(report.running),
          \(report.status.rawValue), \(report.reason), \(RunTime.text(report.startedAt)),
          \(RunTime.text(now)))
        ON CONFLICT (id) DO UPDATE SET
          host = excluded.host, pid = excluded.pid, version = excluded.version,
          runtime_fingerprint = excluded.runtime_fingerprint,
          capabilities = excluded.capabilities, drivers = excluded.drivers,
          capacity = excluded.capacity, running = excluded.running, status = excluded.status,
          reason = excluded.reason, heartbeat_at = excluded.heartbeat_at,
          drain_requested_at =
            CASE workers.started_at WHEN excluded.started_at THEN workers.drain_requested_at END,
          started_at = excluded.started_at
        """, to: .workers)
      let orders: SQL = """
        SELECT drain_requested_at,
          (SELECT runtime_fingerprint FROM definitions ORDER BY last_served_at DESC LIMIT 1)
            AS served
        FROM workers WHERE id = \(report.id.description)
        """
      return try orders.mapFirst(db) { row in
        WorkerOrders(
          drains: row.text("drain_requested_at") != nil,
          servedRuntimeFingerprint: row.text("served").map(Fingerprint.init(stored:)))
      } ?? WorkerOrders(drains: false, servedRuntimeFingerprint: nil)
    }
  }

  func serve(_ definition: PlatformDefinition) async throws(RunStoreError) {
    let now = now
    try await write { db in
      let time = RunTime.text(now())
      try db.write(
        """
        INSERT INTO definitions (
          fingerprint, runtime_fingerprint, document, first_served_at, last_served_at)
        VALUES (
          \(definition.fingerprint.description),
          \(definition.runtimeFingerprint.description), \(definition.document.canonicalJSON),
          \(time), \(time))
        ON CONFLICT (fingerprint) DO UPDATE SET last_served_at = excluded.last_served_at
        """, to: .definitions)
    }
    signals.signalWork()
  }

  func servedDefinition() async throws(RunStoreError) -> ServedDefinition? {
    try await read { db in
      let query: SQL = """
        SELECT document, last_served_at FROM definitions ORDER BY last_served_at DESC LIMIT 1
        """
      return try query.mapFirst(db) { try ServedDefinition(StoredColumns($0, of: .definitions)) }
    }
  }
}

extension ServedDefinition {
  init(_ columns: StoredColumns) throws {
    self.init(
      definition: try columns.value("document") { text in
        try? PlatformDocument(reading: SourceNode(json: text.utf8), isStored: true).definition
      },
      since: try columns.time("last_served_at"))
  }
}
