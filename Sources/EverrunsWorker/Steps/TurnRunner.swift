import Everruns
import EverrunsStore
import Foundation
import Logging

/// Runs one turn, step by step, until it ends or this worker loses it.
///
/// The turn's row determines the next step. Nothing is kept in memory between two steps, so any
/// worker can run the next one.
struct TurnRunner: Sendable {
  let store: any RunStore
  let platform: PlatformDefinition
  let implementations: Implementations
  let settings: DriverSettings
  let transport: any HTTPTransport
  let logger: Logger

  func run(_ claimed: ClaimedTurn, _ control: TurnControl) async {
    var logger = logger
    logger[metadataKey: "turn_id"] = "\(claimed.lease.turnID)"
    logger[metadataKey: "session_id"] = "\(claimed.sessionID)"
    let turn = RunningTurn(
      lease: claimed.lease, control: control, store: store, logger: logger)
    do {
      while try await step(turn) {}
    } catch RunStoreError.leaseLost {
      logger.notice("the turn was dropped: another worker has it, or it has ended")
    } catch let error as RunStoreError {
      // Its lease expires, and another worker continues it.
      logger.error("the turn was dropped: \(error.message)")
    } catch {
      logger.error("the turn was dropped: \(error)")
    }
  }

  /// Runs the next step of a turn.
  ///
  /// - Returns: Whether another step follows.
  private func step(_ turn: RunningTurn) async throws -> Bool {
    if let reason = turn.control.reason { return try await stop(turn, because: reason) }
    let context = try await store.context(under: turn.lease)
    do {
      switch TurnMachine(limits: context.limits).work(
        of: context.state.turn, calls: context.state.calls)
      {
      case .nothing: return false
      case .cancel: return try await turn.record(.cancelled)
      case .reason(let isLast):
        let reasoning = ReasonStep(turn: turn, context: context, isLast: isLast, runner: self)
        return try await reasoning.run()
      case .act(let work):
        return try await ActStep(turn: turn, context: context, work: work, runner: self).run()
      }
    } catch is CancellationError {
      return try await stop(turn, because: turn.control.reason ?? .givenBack)
    } catch let fault as StepFault {
      let reference = turn.logFault(fault.cause)
      return try await turn.record(.failed(.internal(reference: reference)))
    } catch RunStoreError.unexpected(let outcome) {
      let reference = turn.logFault(RunStoreError.unexpected(outcome))
      return try await turn.record(.failed(.internal(reference: reference)))
    }
  }

  private func stop(_ turn: RunningTurn, because reason: TurnControl.Reason) async throws -> Bool {
    switch reason {
    case .drains, .givenBack: try await turn.record(.givenBack)
    case .cancelled: try await turn.record(.cancelled)
    case .leaseLost: throw RunStoreError.leaseLost
    }
  }
}

/// A step failed because of an internal error.
struct StepFault: Error {
  let cause: any Error
}

/// A turn of this worker.
struct RunningTurn: Sendable {
  let lease: Lease
  let control: TurnControl
  let store: any RunStore
  let logger: Logger

  /// How often a transaction is retried while the store is busy; each attempt waits for the store.
  private static let attempts = 3

  /// Records an outcome.
  ///
  /// - Returns: Whether this worker still has the turn.
  @discardableResult
  func record(_ outcome: StepOutcome) async throws(RunStoreError) -> Bool {
    for _ in 1..<Self.attempts {
      do throws(RunStoreError) {
        return try await recordOnce(outcome)
      } catch .store(.busy) {
        logger.warning("the store is busy")
      }
    }
    return try await recordOnce(outcome)
  }

  private func recordOnce(_ outcome: StepOutcome) async throws(RunStoreError) -> Bool {
    let turn = try await store.record(outcome, under: lease).turn
    guard turn.status != .running else { return true }
    logger.log(
      level: turn.status == .failed ? .warning : .info, "turn \(turn.status.rawValue)",
      metadata: turn.logMetadata)
    return false
  }

  /// Logs an internal error, which is not shown elsewhere.
  ///
  /// - Returns: The reference of the log entry.
  func logFault(_ error: any Error) -> String {
    let reference = String(UInt32.random(in: .min ... .max), radix: 36).uppercased()
    logger.error("internal error \(reference): \(error)")
    return reference
  }
}

extension Turn {
  /// The log metadata of a turn that has left its worker.
  fileprivate var logMetadata: Logger.Metadata {
    var metadata: Logger.Metadata = ["iteration": "\(iteration)"]
    if let startedAt, let endedAt {
      let milliseconds = (endedAt.timeIntervalSince(startedAt) * 1000).rounded()
      metadata["duration_ms"] = "\(Int(exactly: milliseconds) ?? 0)"
    }
    if let failure { metadata["error_code"] = "\(failure.code.rawValue)" }
    if failures > 0 { metadata["failures"] = "\(failures)" }
    return metadata
  }
}
