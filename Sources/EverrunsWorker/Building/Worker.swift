package import Everruns
import EverrunsDrivers
package import EverrunsStore
import Foundation
import Logging
public import ServiceLifecycle

/// A worker as a service: it claims and runs turns until it is told to end.
public struct Worker: Service {
  let configuration: WorkerConfiguration
  let platform: PlatformDefinition
  let implementations: Implementations
  /// The capabilities that it cannot execute.
  let unavailable: [UnavailableCapability]
  let logger: Logger
  let onReady: @Sendable (String) -> Void

  /// Runs the worker.
  ///
  /// On graceful shutdown it claims no more turns and has the drain timeout to finish its own; when
  /// its task is cancelled it releases them at once.
  public func run() async throws {
    let store = try StoreKinds([.sqlite]).openForRunning(configuration.store)
    let transport = AsyncHTTPTransport()
    let result: Result<Void, any Error>
    do {
      try await run(on: store, transport: transport)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await transport.close()
    await store.close()
    try result.get()
  }

  /// Runs the worker on a store, which stays open.
  package func run(on store: any RunStore, transport: any HTTPTransport) async throws {
    var logger = logger
    logger[metadataKey: "worker_id"] = "\(configuration.workerID)"
    if !unavailable.isEmpty {
      logger.notice(
        "capabilities without an implementation: \(unavailable.map(\.id).joined(separator: ", "))"
      )
    }
    let runner = TurnRunner(
      store: store, platform: platform, implementations: implementations,
      settings: configuration.drivers, transport: transport, logger: logger)
    let loop = WorkerLoop(
      store: store, runner: runner, report: report, platform: platform,
      configuration: configuration, logger: logger, onReady: onReady)
    try await withTaskCancellationHandler {
      try await withGracefulShutdownHandler {
        try await loop.run()
      } onGracefulShutdown: {
        loop.ask(.drain)
      }
    } onCancel: {
      loop.ask(.stop)
    }
  }

  /// The worker's first report.
  private var report: WorkerReport {
    let missing = Set(unavailable.map(\.id))
    return WorkerReport(
      id: configuration.workerID, host: ProcessInfo.processInfo.hostName,
      processID: Int(ProcessInfo.processInfo.processIdentifier),
      version: PackageVersion.current, runtimeFingerprint: platform.runtimeFingerprint,
      capabilities: platform.capabilities.identifiers.filter { !missing.contains($0) },
      drivers: platform.drivers.identifiers.filter { type in
        platform.drivers[type].flatMap { implementations.code(of: $0) } != nil
      },
      capacity: configuration.maximumConcurrentTasks, startedAt: Date())
  }
}
