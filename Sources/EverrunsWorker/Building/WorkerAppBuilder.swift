import CommandLineTree
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
  /// How the worker runs, or why that cannot be told.
  private let configuration: Result<WorkerConfiguration, any Error>
  private var platform: PlatformDefinition?
  private var implementations = Implementations.stock.adding(.stockDrivers)
  private var logger = Logger(label: "everruns.worker")
  private var onReady: @Sendable (String) -> Void = { _ in }

  /// A builder for a worker that runs as a configuration says.
  ///
  /// - Parameter configuration: The settings. What is wrong with them is thrown by ``build()`` and
  ///   reported by ``run()``.
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

  /// Code for components that the definition holds as data, beside that of the stock platform.
  public func implementations(_ implementations: Implementations) -> Self {
    with { $0.implementations = $0.implementations.adding(implementations) }
  }

  /// Where the worker writes its log.
  public func logger(_ logger: Logger) -> Self {
    with { $0.logger = logger }
  }

  /// Called with the worker's id as soon as it claims turns.
  public func onReady(_ body: @escaping @Sendable (String) -> Void) -> Self {
    with { $0.onReady = body }
  }

  /// The worker as a service, for those who have a group of their own.
  ///
  /// - Throws: ``WorkerError/conflictingTools(_:)`` if two capabilities have a tool of one name, or
  ///   one has a tool whose name no provider accepts; what is wrong with the settings.
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

  /// Runs the worker until the process is asked to end.
  ///
  /// After SIGTERM or SIGINT it claims no more turns, and those that it has continue for a while; after
  /// a second signal it gives them back at once.
  ///
  /// It is the whole run of a process: where the worker cannot run, it reports why in a sentence on
  /// standard error, as the tool does, and ends the process with the tool's exit code. Use
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
  /// Whether the definition cannot be run as it is.
  fileprivate var isConflictOfTools: Bool {
    switch reason {
    case .toolNameTaken, .invalidToolName: true
    case .notRegistered, .comingSoon, .notImplemented, .mcpServer, .misconfigured: false
    }
  }
}
