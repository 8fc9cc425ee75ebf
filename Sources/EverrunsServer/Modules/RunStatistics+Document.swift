import Everruns
import EverrunsDocuments
import EverrunsStore
import Foundation

extension RunStatistics {
  /// The counts as an object.
  func document(now: Date) -> JSONObject {
    [
      "sessions": .integer(sessions),
      "turns": .object(
        JSONObject(Turn.Status.allCases.map { ($0.rawValue, .integer(turns[$0] ?? 0)) })),
      "oldest_queued_s": oldestQueuedSeconds(now: now), "workers": workersDocument,
    ]
  }

  /// The number of seconds the oldest queued turn has waited; null if none is queued.
  func oldestQueuedSeconds(now: Date) -> JSONValue {
    oldestQueuedAt.map { .integer(Int(max(0, now.timeIntervalSince($0)))) } ?? .null
  }

  /// The live workers, by status.
  var workersDocument: JSONValue {
    [
      "compatible": .integer(workers[.active] ?? 0),
      "mismatched": .integer(workers[.mismatched] ?? 0),
      "draining": .integer(workers[.draining] ?? 0),
    ]
  }

  /// The shape of ``workersDocument``.
  static let workersShape = DocumentSchema.object(
    "workers", [("compatible", .integer), ("mismatched", .integer), ("draining", .integer)])

  /// The shape of ``document(now:)``.
  static let shape = DocumentSchema.object(
    "statistics",
    [
      ("sessions", .integer),
      ("turns", .object("turns", Turn.Status.allCases.map { ($0.rawValue, .integer) })),
      ("oldest_queued_s", .nullable(.integer)), ("workers", workersShape),
    ])
}
