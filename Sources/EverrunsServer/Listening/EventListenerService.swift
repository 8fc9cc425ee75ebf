import EverrunsStore
import Logging
import ServiceLifecycle

/// Delivers the events of all sessions to one listener.
struct EventListenerService: Service {
  /// The number of events per page.
  private static let pageLength = 100

  let listener: any EventListener
  let runs: RunStoreAccess
  /// The position at which the server started; `nil` if the store could not be read then.
  let start: Int?
  let logger: Logger
  var delay = RetryDelay()

  func run() async throws {
    var delay = delay
    var position: Int?
    while !isEnding {
      do {
        try await deliver(from: &position, resetting: &delay)
      } catch {
        logger.warning(
          "An event listener failed",
          metadata: [
            "error": .string(error.logMessage), "again_in": .stringConvertible(delay.next),
          ])
        await delay.wait()
      }
    }
  }

  /// Whether the server shuts down; the event that is being received is the last one.
  private var isEnding: Bool { Task.isCancelled || Task.isShuttingDownGracefully }

  /// Delivers until the server ends.
  private func deliver(from position: inout Int?, resetting delay: inout RetryDelay) async throws {
    let runs = try await runs.opened()
    var last: Int
    if let position {
      last = position
    } else if let position = try await listener.lastPosition() ?? start {
      last = position
    } else {
      last = try await runs.lastEventPosition()
    }
    for await _ in runs.workSignals().cancelOnGracefulShutdown() {
      var hasMore = true
      while hasMore {
        let events = try await runs.events(after: last, atMost: Self.pageLength)
        for event in events {
          guard !isEnding else { return }
          try await listener.receive(event.event, at: event.position)
          last = event.position
          position = last
          delay.reset()
        }
        hasMore = events.count == Self.pageLength
      }
    }
  }
}
