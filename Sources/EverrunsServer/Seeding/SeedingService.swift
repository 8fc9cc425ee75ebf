import Dispatch
import EverrunsSeeding
import EverrunsStore
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// Puts the platform into the store when the server starts, and tries again until it succeeds.
struct SeedingService: Service {
  let platform: ServerPlatform
  let location: StoreLocation
  let kinds: StoreKinds
  let status: SeedingStatus
  let logger: Logger
  let now: @Sendable () -> Date
  var delay = RetryDelay()

  func run() async throws {
    if status.snapshot.state != .off {
      await cancelWhenGracefulShutdown {
        await seedUntilDone()
      }
    }
    try await gracefulShutdown()
  }

  private func seedUntilDone() async {
    var delay = delay
    while !Task.isCancelled {
      status.update {
        $0.state = .running
        $0.attempts += 1
        $0.nextAttempt = nil
      }
      do {
        let outcome = try await attempt()
        status.update {
          $0.state = .done
          $0.lastError = nil
          $0.outcome = outcome
        }
        logger.info(
          "Seeding done",
          metadata: [
            "serial": .stringConvertible(outcome.serial),
            "blocked": .stringConvertible(outcome.blocked.count),
          ])
        return
      } catch {
        let message = error.logMessage
        logger.error(
          "Seeding failed",
          metadata: ["error": .string(message), "again_in": .stringConvertible(delay.next)])
        status.update {
          $0.state = .failed
          $0.lastError = message
          $0.nextAttempt = now().addingTimeInterval(delay.next / .seconds(1))
        }
        await delay.wait()
      }
    }
  }

  /// Runs once, on its own thread: a store belongs to one.
  private func attempt() async throws -> SeedingOutcome {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "everruns.seeding").async {
          continuation.resume(
            with: Result {
              let store = try kinds.openForWriting(location)
              defer { store.close() }
              store.progress = { _ throws(StoreError) in
                if cancellation.isRequested { throw .interrupted }
              }
              return try platform.seed(store, change: change)
            })
        }
      }
    } onCancel: {
      cancellation.request()
    }
  }

  private var change: StoreChange {
    StoreChange(actor: "server", command: "startup seeding", reason: nil, now: now)
  }
}

/// A request to cancel a run on another thread.
private final class Cancellation: Sendable {
  private let flag = Mutex(false)

  var isRequested: Bool { flag.withLock { $0 } }

  func request() {
    flag.withLock { $0 = true }
  }
}
