public import Everruns
import EverrunsDrivers
import EverrunsStore
import Foundation
public import Logging
import ServiceLifecycle
import UnixSignals

/// Builds a worker: what runs the turns of a platform definition.
///
/// ```swift
/// try await WorkerAppBuilder(.fromEnvironment())
///   .platformDefinition(platform)
///   .run()
/// ```
public struct WorkerAppBuilder: Sendable {
  private var configuration: WorkerConfiguration
  private var platform: PlatformDefinition?
  private var implementations: Implementations
  private var logger = Logger(label: "everruns.worker")
  private var onReady: @Sendable (String) -> Void = { _ in }

  /// A builder for a worker that runs as a configuration says.
  public init(_ configuration: WorkerConfiguration) {
    self.configuration = configuration
    implementations = .stock.adding(.stockDrivers)
      .adding(Implementations(drivers: [LLMSim(script: configuration.script)]))
  }

  /// The definition to run; without one the preset ``PlatformDefinition/worker(grade:)``.
  public func platformDefinition(_ platform: PlatformDefinition) -> Self {
    with { $0.platform = platform }
  }

  /// Code for components that the definition holds as data, beside that of the stock platform.
  public func implementations(_ implementations: Implementations) -> Self {
    with { $0.implementations = $0.implementations.adding(implementations) }
  }

  /// Where the worker writes its log.
  public func logger(_ logger: Logger) -> Self {
    with { $0.logger = logger }
  }

  /// What is done, with the worker's name, as soon as it claims turns.
  public func onReady(_ body: @escaping @Sendable (String) -> Void) -> Self {
    with { $0.onReady = body }
  }

  /// The worker as a service, for those who have a group of their own.
  ///
  /// - Throws: ``WorkerError/conflictingTools(_:)`` if two capabilities have a tool of one name, or
  ///   one has a tool whose name no provider accepts.
  public func build() throws -> Worker {
    let platform = platform ?? .worker(grade: configuration.grade)
    let unavailable = platform.unavailableCapabilities(with: implementations)
    let conflicts = unavailable.filter(\.isConflictOfTools)
    guard conflicts.isEmpty else {
      throw WorkerError.conflictingTools(conflicts.map(\.message))
    }
    return Worker(
      configuration: configuration, platform: platform, implementations: implementations,
      unavailable: unavailable, logger: logger, onReady: onReady)
  }

  /// Runs the worker until somebody asks the process to end.
  ///
  /// After SIGTERM or SIGINT it claims no more turns, and those that it has go on for a while; after
  /// a second signal it gives them back at once.
  public func run() async throws {
    let worker = try build()
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          ServiceGroupConfiguration.ServiceConfiguration(
            // The worker returns after it has drained, which is a normal end.
            service: worker, successTerminationBehavior: .gracefullyShutdownGroup)
        ],
        logger: logger))
    try await withThrowingTaskGroup(of: Bool.self) { tasks in
      tasks.addTask {
        try await group.run()
        return true
      }
      tasks.addTask {
        var count = 0
        for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
          count += 1
          guard count == 1 else { break }
          await group.triggerGracefulShutdown()
        }
        return false
      }
      // Either the worker has ended, or somebody has no more patience.
      _ = try await tasks.next()
      tasks.cancelAll()
      do { try await tasks.waitForAll() } catch is CancellationError {}
    }
  }

  private func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }
}

extension UnavailableCapability {
  /// Whether the definition cannot be run as it is.
  fileprivate var isConflictOfTools: Bool {
    switch reason {
    case .toolNameTaken, .invalidToolName: true
    case .notRegistered, .comingSoon, .notImplemented, .mcpServer, .misconfigured: false
    }
  }
}
