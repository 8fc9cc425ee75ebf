package import Everruns
package import EverrunsDocuments
package import Foundation

/// What a worker reports about itself with each heartbeat.
package struct WorkerReport: Sendable, Hashable {
  /// The state of a worker.
  package enum Status: String, CaseIterable, Sendable {
    /// It claims turns.
    case active
    /// It claims no turns, because its definition differs from the server's.
    case mismatched
    /// It claims no turns, and ends when those it has are done.
    case draining
    /// It has ended.
    case stopped
  }

  /// The id.
  package var id: WorkerID
  /// The host that it runs on.
  package var host: String
  /// The process id.
  package var processID: Int
  /// The version of the program.
  package var version: String
  /// The fingerprint of what it executes.
  package var runtimeFingerprint: Fingerprint
  /// The capabilities that it can execute, by id.
  package var capabilities: [String]
  /// The drivers that it can execute, by provider type.
  package var drivers: [String]
  /// The maximum number of concurrent turns.
  package var capacity: Int
  /// The number of running turns.
  package var running: Int
  /// Its state.
  package var status: Status
  /// Why it claims no turns, in a sentence without a full stop.
  package var reason: String?
  /// When it started.
  package var startedAt: Date

  /// A report from its parts.
  package init(
    id: WorkerID, host: String, processID: Int, version: String, runtimeFingerprint: Fingerprint,
    capabilities: [String], drivers: [String], capacity: Int, running: Int = 0,
    status: Status = .active, reason: String? = nil, startedAt: Date
  ) {
    self.id = id
    self.host = host
    self.processID = processID
    self.version = version
    self.runtimeFingerprint = runtimeFingerprint
    self.capabilities = capabilities
    self.drivers = drivers
    self.capacity = capacity
    self.running = running
    self.status = status
    self.reason = reason
    self.startedAt = startedAt
  }
}

/// A stored worker.
package struct WorkerRecord: Sendable, Hashable {
  /// Its last report.
  package var report: WorkerReport
  /// The time of that report.
  package var heartbeatAt: Date
  /// When it was asked to drain.
  package var drainRequestedAt: Date?
  /// Whether it has not ended and has reported recently.
  package var isLive: Bool

  /// A worker from its parts.
  package init(
    report: WorkerReport, heartbeatAt: Date, drainRequestedAt: Date?, isLive: Bool
  ) {
    self.report = report
    self.heartbeatAt = heartbeatAt
    self.drainRequestedAt = drainRequestedAt
    self.isLive = isLive
  }
}

/// The orders to a worker.
package struct WorkerOrders: Sendable, Hashable {
  /// Whether it is asked to drain.
  package var drains: Bool
  /// The runtime fingerprint of the served definition; `nil` if no server ever started.
  package var servedRuntimeFingerprint: Fingerprint?

  /// Orders from their parts.
  package init(drains: Bool, servedRuntimeFingerprint: Fingerprint?) {
    self.drains = drains
    self.servedRuntimeFingerprint = servedRuntimeFingerprint
  }
}
