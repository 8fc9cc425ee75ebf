import EverrunsDocuments
import EverrunsSeeding
import EverrunsStore
import Foundation
import Synchronization

/// The progress of a server's seeding.
final class SeedingStatus: Sendable {
  /// Where it is.
  enum State: String, CaseIterable, Sendable {
    /// It has not begun.
    case pending
    /// It is under way.
    case running
    /// The store holds what the platform calls for.
    case done
    /// The last try failed; another one follows.
    case failed
    /// The server does not seed.
    case off
  }

  /// Everything that is known.
  struct Snapshot: Sendable {
    var state = State.pending
    /// How often it was tried.
    var attempts = 0
    /// When it is tried again.
    var nextAttempt: Date?
    /// Why the last try failed, in a sentence.
    var lastError: String?
    /// What the last successful run found and did.
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

  /// Whether requests can count on what seeding puts into the store.
  var isReady: Bool {
    switch snapshot.state {
    case .done, .off: true
    case .pending, .running, .failed: false
    }
  }
}

/// What a run of seeding found and did.
struct SeedingOutcome: Sendable {
  /// The token of its plan.
  let token: String
  let summary: JSONValue
  /// The rows that were blocked.
  let blocked: [JSONValue]
  /// The store's serial afterwards.
  let serial: Int

  /// What came of a plan.
  init(_ plan: SeedPlan, serial: Int) throws {
    token = try plan.token()
    summary = plan.summary.document
    blocked = try plan.rows.filter { $0.action == .blocked }.map(\.document)
    self.serial = serial
  }
}

extension SeedingStatus.Snapshot {
  /// The state as an object.
  ///
  /// - Parameter platform: The definition that is seeded.
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
          "token": .string(outcome.token), "summary": outcome.summary,
          "blocked": .array(outcome.blocked),
        ]
      } ?? .null,
      "serial": outcome.map { .integer($0.serial) } ?? .null,
    ]
  }
}
