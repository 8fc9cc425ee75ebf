import EverrunsStore
import Logging
import ServiceLifecycle

/// Notes in the store which definition the server serves, so that workers can compare theirs.
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
