import EverrunsStore
import Logging
import ServiceLifecycle

/// Records the served definition in the store, for workers to compare with their own.
struct ServedDefinitionService: Service {
  let services: ServerServices
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var delay = RetryDelay()
      while !Task.isCancelled {
        do {
          try await services.runs.opened().serve(services.platform.definition)
          return
        } catch {
          logger.warning(
            "The served definition could not be recorded",
            metadata: ["error": .string(error.logMessage)])
          await delay.wait()
        }
      }
    }
    try await gracefulShutdown()
  }
}
