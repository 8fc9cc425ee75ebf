import Everruns
import EverrunsDocuments
import EverrunsStore
import Foundation
import Logging

/// Claims turns, keeps their leases, and reports.
///
/// Every signal wakes one loop, which checks all pending work.
actor WorkerLoop {
  /// Requests to a worker.
  enum Request: Sendable {
    /// Claim no more turns, and end when its own are done.
    case drain
    /// Release its turns and end.
    case stop
  }

  private let store: any RunStore
  private let runner: TurnRunner
  private var report: WorkerReport
  private let platform: PlatformDefinition
  private let configuration: WorkerConfiguration
  private let logger: Logger
  private let onReady: @Sendable (String) -> Void
  private let requests: AsyncStream<Request>
  private let ask: AsyncStream<Request>.Continuation
  private let wakeUps: AsyncStream<Void>
  private let wakeUp: AsyncStream<Void>.Continuation
  private var running: [Lease: TurnControl] = [:]
  private var isDraining = false
  /// The error that ended the worker, if any.
  private var failure: (any Error)?

  init(
    store: any RunStore, runner: TurnRunner, report: WorkerReport, platform: PlatformDefinition,
    configuration: WorkerConfiguration, logger: Logger,
    onReady: @escaping @Sendable (String) -> Void
  ) {
    self.store = store
    self.runner = runner
    self.report = report
    self.platform = platform
    self.configuration = configuration
    self.logger = logger
    self.onReady = onReady
    (requests, ask) = AsyncStream.makeStream(of: Request.self)
    (wakeUps, wakeUp) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Tells the worker to end.
  nonisolated func ask(_ request: Request) {
    ask.yield(request)
  }

  /// Runs until the worker is told to end and its turns are done or released.
  func run() async throws {
    try await sendReport()
    logger.info("worker is ready")
    onReady(configuration.workerID.description)
    // Unstructured tasks: they continue while the worker drains, even if this task is cancelled.
    let keeper = Task(priority: .high) { await self.keepLeases() }
    let reporter = Task { try await self.sendReports() }
    let listener = Task { await self.listen() }
    let signals = store.workSignals()
    let waker = Task { [wakeUp] in
      for await _ in signals { wakeUp.yield() }
      wakeUp.finish()
    }
    let watcher = Task { await self.watch(reporter) }
    for await _ in wakeUps {
      if isDraining { break }
      await claim()
    }
    await finish()
    for task in [keeper, listener, waker, watcher] { task.cancel() }
    reporter.cancel()
    await keeper.value
    report.status = .stopped
    report.running = 0
    do throws(RunStoreError) {
      _ = try await store.heartbeat(report)
    } catch {
      logger.warning("the end of the worker could not be recorded: \(error.message)")
    }
    logger.info("worker has ended")
    if let failure { throw failure }
  }

  // MARK: Claiming

  private func claim() async {
    while !isDraining, report.status == .active {
      let free = configuration.maximumConcurrentTasks - running.count
      guard free > 0 else { return }
      do throws(RunStoreError) {
        let turns = try await store.claim(
          atMost: free, by: configuration.workerID, for: configuration.lease,
          excluding: running.keys.map(\.turnID))
        for turn in turns { start(turn) }
        guard turns.count == free else { return }
      } catch {
        // The next signal is a timer's.
        logger.warning("no turns could be claimed: \(error.message)")
        return
      }
    }
  }

  private func start(_ turn: ClaimedTurn) {
    let control = TurnControl()
    running[turn.lease] = control
    // It may have been told to end while it claimed.
    if isDraining { control.stop(.drains) }
    control.run { [runner] in
      await runner.run(turn, control)
      await self.ended(turn.lease)
    }
  }

  private func ended(_ lease: Lease) {
    running[lease] = nil
    wakeUp.yield()
  }

  // MARK: Leases

  private func keepLeases() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: configuration.renewalInterval)
      let leases = Array(running.keys)
      guard !leases.isEmpty, !Task.isCancelled else { continue }
      do throws(RunStoreError) {
        let states = try await store.renew(leases, for: configuration.lease)
        for (lease, state) in states {
          switch state {
          case .held: break
          case .cancelRequested: running[lease]?.stop(.cancelled)
          case .lost: running[lease]?.stop(.leaseLost)
          }
        }
      } catch {
        logger.warning("leases could not be renewed: \(error.message)")
      }
    }
  }

  // MARK: Reports

  /// Reports at least every ten seconds.
  ///
  /// - Throws: ``WorkerError/definitionMismatch(_:)`` if the worker is to exit on a mismatch.
  private func sendReports() async throws {
    while true {
      try await Task.sleep(for: min(configuration.renewalInterval, .seconds(10)))
      do {
        try await sendReport()
      } catch let error as RunStoreError {
        logger.warning("the worker could not report: \(error.message)")
      }
    }
  }

  /// Drains the worker if a report throws.
  private func watch(_ reporter: Task<Void, any Error>) async {
    guard case .failure(let error) = await reporter.result, !(error is CancellationError)
    else { return }
    failure = error
    ask.yield(.drain)
  }

  /// Reports the worker's state and follows the returned orders.
  ///
  /// - Throws: ``WorkerError/definitionMismatch(_:)`` if the worker is to exit on a mismatch.
  private func sendReport() async throws {
    report.running = running.count
    let orders = try await store.heartbeat(report)
    if orders.drains { ask.yield(.drain) }
    try await compare(with: orders.servedRuntimeFingerprint)
  }

  /// Compares the definition with the server's.
  private func compare(with served: Fingerprint?) async throws {
    guard report.status == .active || report.status == .mismatched else { return }
    let isSame = served.map { $0 == report.runtimeFingerprint } ?? true
    guard !isSame, configuration.onMismatch != .ignore else {
      guard report.status == .mismatched else { return }
      logger.notice("the definition equals the server's again")
      report.status = .active
      report.reason = nil
      wakeUp.yield()
      return
    }
    guard report.status == .active else { return }
    let differences = try await store.servedDefinition().map {
      $0.definition.runtimeDifferences(from: platform)
    }
    let mismatch = WorkerError.definitionMismatch(differences ?? [])
    logger.error("claiming no turns: \(mismatch.message)")
    report.status = .mismatched
    report.reason = mismatch.message
    do throws(RunStoreError) {
      _ = try await store.heartbeat(report)
    } catch {
      // The next report repeats it; a busy store must not keep the worker from ending.
      logger.warning("the worker could not report: \(error.message)")
    }
    if configuration.onMismatch == .exit { throw mismatch }
  }

  // MARK: Ending

  private func listen() async {
    for await request in requests {
      switch request {
      case .drain:
        guard !isDraining else { continue }
        logger.info("worker drains", metadata: ["running": "\(running.count)"])
        isDraining = true
        report.status = .draining
        for control in running.values { control.stop(.drains) }
        let timeout = configuration.drainTimeout
        Task {
          try? await Task.sleep(for: timeout)
          self.ask(.stop)
        }
      case .stop:
        isDraining = true
        report.status = .draining
        for control in running.values { control.stop(.givenBack) }
      }
      wakeUp.yield()
    }
  }

  /// Waits for the turns to end or to be released.
  private func finish() async {
    isDraining = true
    while let control = running.values.first {
      await control.wait()
    }
  }
}
