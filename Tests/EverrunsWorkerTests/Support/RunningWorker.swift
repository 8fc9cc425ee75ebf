import Everruns
import EverrunsStore
import Foundation
import Logging
import Synchronization

@testable import EverrunsWorker

/// A worker that runs in this process, on the store of a test's world.
struct RunningWorker {
  let id: WorkerID
  let log: RecordedLog
  fileprivate let task: Task<Void, any Error>

  /// Waits for the worker's end.
  func end() async throws { try await task.value }
}

extension WorkerWorld {
  /// Runs a test while a worker is running.
  ///
  /// - Parameters:
  ///   - script: The script of the simulated model.
  ///   - platform: The worker's definition; `nil` for that of the store.
  ///   - settings: More variables of the worker's environment.
  ///   - transport: The network.
  ///   - body: The test.
  /// - Throws: The error that `body` throws, or an error of building the worker.
  func withWorker(
    _ script: String = "", platform: PlatformDefinition? = nil, settings: [String: String] = [:],
    transport: any HTTPTransport = NoTransport(), _ body: (RunningWorker) async throws -> Void
  ) async throws {
    // A test decides when a drain ends, however slow the machine is.
    var environment = [
      "EVERRUNS_STORE": path, "LLMSIM_SCRIPT": script, "DRAIN_TIMEOUT": "20m",
    ]
    environment.merge(settings) { $1 }
    let configuration = try WorkerConfiguration(environment: environment)
    let log = RecordedLog()
    let worker = try WorkerAppBuilder(configuration)
      .platformDefinition(platform ?? self.platform)
      .logger(log.logger)
      .build()
    let store = store
    let task = Task { try await worker.run(on: store, transport: transport) }
    let running = RunningWorker(id: configuration.workerID, log: log, task: task)
    do {
      try await body(running)
    } catch {
      task.cancel()
      _ = await task.result
      throw error
    }
    task.cancel()
    _ = await task.result
  }

  /// Waits until something is true of the store.
  func wait(until isTrue: () async throws -> Bool) async throws {
    for await _ in store.workSignals() {
      if try await isTrue() { return }
    }
    throw StoreWasClosed()
  }

  /// What the store knows about a worker.
  func report(of worker: RunningWorker) async throws -> WorkerReport? {
    try await store.workers().map(\.report).first { $0.id == worker.id }
  }

  private struct StoreWasClosed: Error {}
}

/// A log that is kept.
final class RecordedLog: Sendable {
  private let kept = Mutex<[String]>([])

  /// The lines, each with its level and everything that it says.
  var lines: [String] { kept.withLock { $0 } }

  /// A logger that writes here.
  var logger: Logger {
    Logger(label: "test") { _ in Handler(log: self) }
  }

  private struct Handler: LogHandler {
    let log: RecordedLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(log: RecordedLog) {
      self.log = log
    }

    func log(event: LogEvent) {
      let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
      log.kept.withLock { $0.append("\(event.level): \(event.message) \(metadata)") }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }
  }
}

/// A place where tools wait until a test lets them go on.
final class Gate: Sendable {
  private let state = Mutex((isOpen: false, waiting: [AsyncStream<Void>.Continuation]()))

  /// Lets everybody go on, now and later.
  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      return state.waiting
    }
    for continuation in waiting { continuation.finish() }
  }

  /// Waits until the gate is open or the task is cancelled.
  func wait() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let isOpen = state.withLock { state in
      if !state.isOpen { state.waiting.append(continuation) }
      return state.isOpen
    }
    if isOpen { continuation.finish() }
    for await _ in stream {}
    try Task.checkCancellation()
  }
}
