import Everruns
import EverrunsDocuments
import EverrunsStore
import Foundation

extension Turn {
  /// The turn in the API's format.
  var document: JSONObject {
    [
      "id": .string(id.description), "session_id": .string(sessionID.description),
      "number": .integer(number), "input_message_id": .string(inputMessageID.description),
      "status": .string(status.rawValue), "step": .string(step.rawValue),
      "iteration": .integer(iteration), "failures": .integer(failures),
      "reclaims": .integer(reclaims), "worker_id": .optional(workerID?.description),
      "error": failure.map {
        ["code": .string($0.code.rawValue), "message": .string($0.message)]
      } ?? .null,
      "usage": usage.document, "not_before": .string(RunTime.text(notBefore)),
      "lease_expires_at": .time(leaseExpiresAt),
      "cancel_requested_at": .time(cancelRequestedAt),
      "created_at": .string(RunTime.text(createdAt)), "started_at": .time(startedAt),
      "ended_at": .time(endedAt),
    ]
  }

  /// The shape of ``document``.
  static let shape = DocumentSchema.object(
    "turn",
    [
      ("id", .text), ("session_id", .text), ("number", .integer), ("input_message_id", .text),
      ("status", .choice(Status.allCases.map(\.rawValue))),
      ("step", .choice(Step.allCases.map(\.rawValue))), ("iteration", .integer),
      ("failures", .integer), ("reclaims", .integer), ("worker_id", .nullable(.text)),
      (
        "error",
        .nullable(
          .object(
            "turn error",
            [("code", .choice(TurnFailure.Code.allCases.map(\.rawValue))), ("message", .text)]))
      ),
      ("usage", TokenUsage.shape), ("not_before", .text), ("lease_expires_at", .nullable(.text)),
      ("cancel_requested_at", .nullable(.text)), ("created_at", .text),
      ("started_at", .nullable(.text)), ("ended_at", .nullable(.text)),
    ])
}

extension WorkerRecord {
  /// The worker in the API's format.
  var document: JSONObject {
    [
      "id": .string(report.id.description), "host": .string(report.host),
      "pid": .integer(report.processID), "version": .string(report.version),
      "runtime_fingerprint": .string(report.runtimeFingerprint.description),
      "capabilities": .strings(report.capabilities), "drivers": .strings(report.drivers),
      "capacity": .integer(report.capacity), "running": .integer(report.running),
      "status": .string(report.status.rawValue), "reason": .optional(report.reason),
      "live": .bool(isLive), "started_at": .string(RunTime.text(report.startedAt)),
      "heartbeat_at": .string(RunTime.text(heartbeatAt)),
      "drain_requested_at": .time(drainRequestedAt),
    ]
  }

  /// The shape of ``document``.
  static let shape = DocumentSchema.object(
    "worker",
    [
      ("id", .text), ("host", .text), ("pid", .integer), ("version", .text),
      ("runtime_fingerprint", .text), ("capabilities", .list(.text)), ("drivers", .list(.text)),
      ("capacity", .integer), ("running", .integer),
      ("status", .choice(WorkerReport.Status.allCases.map(\.rawValue))),
      ("reason", .nullable(.text)), ("live", .bool), ("started_at", .text),
      ("heartbeat_at", .text), ("drain_requested_at", .nullable(.text)),
    ])
}

extension JSONValue {
  /// A time, or null.
  static func time(_ time: Date?) -> JSONValue {
    time.map { .string(RunTime.text($0)) } ?? .null
  }
}
