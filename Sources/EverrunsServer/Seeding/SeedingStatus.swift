import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Foundation
import Synchronization

/// The progress of a server's seeding.
final class SeedingStatus: Sendable {
  /// The state of the seeding.
  enum State: String, CaseIterable, Sendable {
    /// The first run has not started.
    case pending
    /// A run is in progress.
    case running
    /// The store matches the platform.
    case done
    /// The last run failed; another one follows.
    case failed
    /// The server does not seed.
    case off
  }

  /// The progress at one moment.
  struct Snapshot: Sendable {
    var state = State.pending
    /// The number of runs.
    var attempts = 0
    /// The time of the next run.
    var nextAttempt: Date?
    /// Why the last run failed, in a sentence.
    var lastError: String?
    /// The outcome of the last successful run.
    var outcome: SeedingOutcome?
  }

  private let current: Mutex<Snapshot>

  init(isOff: Bool) {
    var snapshot = Snapshot()
    if isOff { snapshot.state = .off }
    current = Mutex(snapshot)
  }

  var snapshot: Snapshot { current.withLock { $0 } }

  func update(_ change: (inout Snapshot) -> Void) {
    current.withLock { change(&$0) }
  }

  /// Whether requests can rely on the store being seeded.
  var isReady: Bool {
    switch snapshot.state {
    case .done, .off: true
    case .pending, .running, .failed: false
    }
  }
}

/// The outcome of a seeding run.
struct SeedingOutcome: Sendable {
  /// The token of its plan.
  let token: PlanToken
  let summary: JSONValue
  /// The rows that were blocked.
  let blocked: [JSONValue]
  /// The store's serial afterwards.
  let serial: Int

  /// The outcome of an applied plan.
  init(_ plan: SeedPlan, serial: Int) throws {
    token = try plan.token()
    summary = plan.summary.document
    blocked = try plan.rows.filter { $0.action == .blocked }.map(\.document)
    self.serial = serial
  }
}

extension SeedingStatus.Snapshot {
  /// The state as an object; `platform` is the definition that is seeded.
  func document(_ platform: SeedPlan.Source) -> JSONObject {
    [
      "state": .string(state.rawValue), "attempts": .integer(attempts),
      "next_attempt_at": nextAttempt.map { .string($0.formatted(.iso8601)) } ?? .null,
      "last_error": .optional(lastError),
      "platform": [
        "ref": .string(platform.ref), "fingerprint": .string(platform.fingerprint.description),
      ],
      "plan": outcome.map { outcome in
        [
          "token": .string(outcome.token.description), "summary": outcome.summary,
          "blocked": .array(outcome.blocked),
        ]
      } ?? .null,
      "serial": outcome.map { .integer($0.serial) } ?? .null,
    ]
  }
}
