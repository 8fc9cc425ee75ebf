import Everruns
import EverrunsDocuments
import Foundation
import GRDB

extension WorkerRecord {
  /// How long after its last heartbeat a worker counts as live.
  ///
  /// Workers report at least every ten seconds.
  static let lifetime = Duration.seconds(30)

  /// Reads a worker, which is live as of a time.
  init(_ columns: StoredColumns, at now: Date) throws {
    let report = WorkerReport(
      id: try columns.value("id", WorkerID.init), host: try columns.text("host"),
      processID: try columns.integer("pid"), version: try columns.text("version"),
      runtimeFingerprint: Fingerprint(stored: try columns.text("runtime_fingerprint")),
      capabilities: try columns.value("capabilities", [String].init(storedJSON:)),
      drivers: try columns.value("drivers", [String].init(storedJSON:)),
      capacity: try columns.count("capacity"), running: try columns.count("running"),
      status: try columns.value("status", WorkerReport.Status.init),
      reason: try columns.optionalText("reason"),
      startedAt: try columns.time("started_at"))
    let heartbeatAt = try columns.time("heartbeat_at")
    self.init(
      report: report, heartbeatAt: heartbeatAt,
      drainRequestedAt: try columns.optionalTime("drain_requested_at"),
      isLive: report.status != .stopped && heartbeatAt.adding(Self.lifetime) > now)
  }
}
