import CommandLineTree
public import Everruns
import EverrunsDrivers
import EverrunsStore
import Foundation
public import Logging
import ServiceLifecycle
import UnixSignals

/// Builds a worker, which runs turns with a platform definition.
///
/// ```swift
/// try await WorkerAppBuilder(.fromEnvironment())
///   .platformDefinition(platform)
///   .run()
/// ```
public struct WorkerAppBuilder: Sendable {
  /// The configuration, or the error in it.
  private let configuration: Result<WorkerConfiguration, any Error>
  private var platform: PlatformDefinition?
  private var implementations = Implementations.stock.adding(.stockDrivers)
  private var logger = Logger(label: "everruns.worker")
  private var onReady: @Sendable (String) -> Void = { _ in }

  /// A builder for a worker with a configuration.
  ///
  /// - Parameter configuration: The settings. Invalid ones are thrown by ``build()`` and reported
  ///   by ``run()``.
  public init(_ configuration: @autoclosure () throws -> WorkerConfiguration) {
    do {
      let configuration = try configuration()
      self.configuration = .success(configuration)
      implementations =
        implementations
        .adding(Implementations(drivers: [LLMSim(script: configuration.script)]))
    } catch let settings as InvalidSettings {
      self.configuration = .failure(WorkerError.invalidSettings(settings))
    } catch {
      self.configuration = .failure(error)
    }
  }

  /// The definition to run; without one the preset ``PlatformDefinition/worker(grade:)``.
  public func platformDefinition(_ platform: PlatformDefinition) -> Self {
    with { $0.platform = platform }
  }

  /// Implementations of components, in addition to those of the stock platform.
  public func implementations(_ implementations: Implementations) -> Self {
    with { $0.implementations = $0.implementations.adding(implementations) }
  }

  /// The logger of the worker.
  public func logger(_ logger: Logger) -> Self {
    with { $0.logger = logger }
  }

  /// Called with the worker's id as soon as it claims turns.
  public func onReady(_ body: @escaping @Sendable (String) -> Void) -> Self {
    with { $0.onReady = body }
  }

  /// The worker as a service, to run in a service group of your own.
  ///
  /// - Throws: ``WorkerError/conflictingTools(_:)`` if two capabilities have a tool of the same
  ///   name, or a tool's name is invalid; `InvalidSettings` for invalid settings.
  public func build() throws -> Worker {
    let configuration = try configuration.get()
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

  /// Runs the worker until the process is told to end.
  ///
  /// After SIGTERM or SIGINT it claims no more turns and has the drain timeout to finish its own;
  /// after a second signal it releases them at once.
  ///
  /// It ends the process if the worker cannot run: it writes the reason to standard error and exits
  /// with the same code as the tool. Use
  /// ``build()`` to handle the error yourself.
  public func run() async throws {
    do {
      try await runUntilSignaled()
    } catch let error as any ReportableError {
      error.endProcess()
    }
  }

  private func runUntilSignaled() async throws {
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
      // Either the worker has ended, or a second signal came.
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
  /// Whether the error is about the definition.
  fileprivate var isConflictOfTools: Bool {
    switch reason {
    case .toolNameTaken, .invalidToolName: true
    case .notRegistered, .comingSoon, .notImplemented, .mcpServer, .misconfigured: false
    }
  }
}
